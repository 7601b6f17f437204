package org.coffer.launch;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.Serializable;
import java.lang.classfile.ClassFile;
import java.lang.classfile.ClassModel;
import java.lang.classfile.constantpool.InvokeDynamicEntry;
import java.lang.reflect.Constructor;
import java.lang.reflect.Field;
import java.lang.reflect.Method;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.CharBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Classes in the form that starts quickest do the same as those of the compiler. */
class RenewTest {
    private static final String ALL = Sampled.All.class.getName();
    private static final List<Object> VALUES =
            List.of(7, -8L, (short) 9, (byte) -1, 'c', true, 0.5f, -0.0, "text", List.of("a"));
    private static final List<Object> OTHERS =
            List.of(8, 8L, (short) 1, (byte) 2, 'd', false, Float.NaN, 0.0, "Text", List.of());

    @TempDir
    Path folder;

    @BeforeEach
    void renew() throws Exception {
        Path compiled = Path.of(Sampled.class
                .getProtectionDomain()
                .getCodeSource()
                .getLocation()
                .toURI());
        String place = Sampled.class.getPackageName().replace('.', '/');
        Path target = Files.createDirectories(folder.resolve(place));
        try (Stream<Path> files = Files.list(compiled.resolve(place))) {
            for (Path file : files.filter(one -> one.getFileName().toString().startsWith("Sampled"))
                    .toList()) {
                Files.copy(file, target.resolve(file.getFileName()));
            }
        }
        Process renewing = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin/java").toString(),
                        "installer/launch/Renew.java",
                        folder.toString())
                .redirectErrorStream(true)
                .start();
        String said = new String(renewing.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(renewing.waitFor()).as(said).isZero();
    }

    @Test
    void recordsAreComparedAndHashedAsBefore() throws Exception {
        try (URLClassLoader renewed = loader()) {
            Object one = all(renewed, VALUES);
            assertThat(one)
                    .isEqualTo(all(renewed, VALUES))
                    .isEqualTo(one)
                    .isNotEqualTo(null)
                    .isNotEqualTo("text");
            assertThat(one.hashCode())
                    .isEqualTo(all(Sampled.class.getClassLoader(), VALUES).hashCode());
            assertThat(one.toString())
                    .isEqualTo(all(Sampled.class.getClassLoader(), VALUES).toString());
            for (int i = 0; i < VALUES.size(); i++) {
                List<Object> changed = new ArrayList<>(VALUES);
                changed.set(i, OTHERS.get(i));
                assertThat(all(renewed, changed)).as("component " + i).isNotEqualTo(one);
                assertThat(all(renewed, changed)).isEqualTo(all(renewed, changed));
                assertThat(all(renewed, changed).hashCode())
                        .isEqualTo(all(Sampled.class.getClassLoader(), changed).hashCode());
            }
            Constructor<?> none =
                    renewed.loadClass(Sampled.None.class.getName()).getDeclaredConstructor();
            none.setAccessible(true);
            assertThat(none.newInstance()).isEqualTo(none.newInstance()).hasSameHashCodeAs(new Sampled.None());
        }
    }

    @Test
    void aSwitchTakesTheCaseThatItTookBefore() throws Exception {
        try (URLClassLoader renewed = loader()) {
            Method kind = method(renewed, "kind", Object.class);
            Method letter = method(renewed, "letter", Object.class);
            List<Object> all =
                    List.of(5, 50, -5, "", "text", CharBuffer.allocate(0), CharBuffer.wrap("x"), new int[3], 1.5);
            for (Object any : all) {
                assertThat(kind.invoke(null, any)).isEqualTo(Sampled.kind(any));
                assertThat(letter.invoke(null, any)).isEqualTo(Sampled.letter(any));
            }
            assertThat(kind.invoke(null, new Object[] {null})).isEqualTo("nothing");
            for (Sampled.Letter one : Sampled.Letter.values()) {
                Field constant =
                        renewed.loadClass(Sampled.Letter.class.getName()).getDeclaredField(one.name());
                constant.setAccessible(true);
                Object same = constant.get(null);
                assertThat(kind.invoke(null, same)).isEqualTo(Sampled.kind(one));
                assertThat(letter.invoke(null, same)).isEqualTo(Sampled.letter(one));
            }
            for (double size : new double[] {1, 11}) {
                assertThat(kind.invoke(null, shape(renewed, Sampled.Shape.Round.class, size)))
                        .isEqualTo(Sampled.kind(new Sampled.Shape.Round(size)));
                assertThat(kind.invoke(null, shape(renewed, Sampled.Shape.Square.class, size)))
                        .isEqualTo(Sampled.kind(new Sampled.Shape.Square(size)));
            }
        }
    }

    @Test
    void lambdasDoTheSameButCanNoLongerBeSerialized() throws Exception {
        try (URLClassLoader renewed = loader()) {
            Object shout = method(renewed, "shout").invoke(null);
            @SuppressWarnings("unchecked")
            var said = ((Function<String, String>) shout).apply("oh");
            assertThat(said).isEqualTo("oh!");
            assertThat(shout).isNotInstanceOf(Serializable.class);
            Object later = method(renewed, "later").invoke(null);
            assertThat(((Supplier<?>) later).get()).isEqualTo("caught");
        }
    }

    @Test
    void nothingIsLeftThatJavaPutsTogetherLate() throws Exception {
        ClassFile files = ClassFile.of();
        Set<String> left = new TreeSet<>();
        try (Stream<Path> all = Files.walk(folder)) {
            for (Path file :
                    all.filter(one -> one.toString().endsWith(".class")).toList()) {
                ClassModel model = files.parse(file);
                assertThat(files.verify(model)).as(file.toString()).isEmpty();
                model.constantPool().forEach(entry -> {
                    if (entry instanceof InvokeDynamicEntry call) {
                        var by = call.bootstrap().bootstrapMethod().reference();
                        left.add(by.name().stringValue() + " " + call.name().stringValue());
                    }
                });
            }
        }
        // Of records their texts, and the switch that is not over types alone; the cache has the rest.
        assertThat(left)
                .containsExactlyInAnyOrder(
                        "bootstrap toString",
                        "typeSwitch typeSwitch",
                        "metafactory apply",
                        "metafactory get",
                        "makeConcatWithConstants makeConcatWithConstants");
    }

    private URLClassLoader loader() throws IOException {
        return new URLClassLoader(new URL[] {folder.toUri().toURL()}, ClassLoader.getPlatformClassLoader());
    }

    private static Object all(ClassLoader loader, List<Object> values) throws ReflectiveOperationException {
        Constructor<?> make = loader.loadClass(ALL).getDeclaredConstructors()[0];
        make.setAccessible(true);
        return make.newInstance(values.toArray());
    }

    private static Object shape(ClassLoader loader, Class<?> like, double size) throws ReflectiveOperationException {
        Constructor<?> make = loader.loadClass(like.getName()).getDeclaredConstructor(double.class);
        make.setAccessible(true);
        return make.newInstance(size);
    }

    private static Method method(ClassLoader loader, String name, Class<?>... of) throws ReflectiveOperationException {
        Method found = loader.loadClass(Sampled.class.getName()).getDeclaredMethod(name, of);
        found.setAccessible(true);
        return found;
    }
}
