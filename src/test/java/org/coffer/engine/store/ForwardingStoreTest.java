package org.coffer.engine.store;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.reflect.Method;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * A store before another one that leaves a question to the interface's default answers for itself what the one behind may know
 * better, and nobody sees it. So each of them has to say for every question what becomes of it.
 */
class ForwardingStoreTest {
    private static List<String> declared(Class<?> store) {
        return Arrays.stream(store.getDeclaredMethods())
                .filter(method -> !method.isSynthetic())
                .map(ForwardingStoreTest::signature)
                .toList();
    }

    private static String signature(Method method) {
        return method.getName() + Arrays.toString(method.getParameterTypes());
    }

    private static List<Method> questions() {
        return Arrays.stream(ObjectStore.class.getDeclaredMethods())
                .filter(method -> !method.isSynthetic() && !method.getName().equals("within"))
                .toList();
    }

    @Test
    void everyQuestionIsPassedOn() {
        assertThat(declared(ForwardingStore.class))
                .containsAll(
                        questions().stream().map(ForwardingStoreTest::signature).toList());
    }

    @Test
    void whateverMayFailOrHangIsAskedWithPatience() {
        assertThat(declared(PatientStore.class))
                .containsAll(questions().stream()
                        .filter(method -> method.getExceptionTypes().length > 0)
                        .map(ForwardingStoreTest::signature)
                        .toList());
    }

    @ParameterizedTest
    @ValueSource(strings = {"String", "Collection", "Predicate"})
    void everyNameIsReadBelowThePrefix(String kind) {
        assertThat(declared(PrefixedStore.class))
                .containsAll(questions().stream()
                        .filter(method -> Arrays.stream(method.getParameterTypes())
                                .anyMatch(type -> type.getSimpleName().equals(kind)))
                        .map(ForwardingStoreTest::signature)
                        .toList());
    }
}
