import java.io.IOException;
import java.lang.classfile.ClassFile;
import java.lang.classfile.ClassHierarchyResolver;
import java.lang.classfile.ClassModel;
import java.lang.classfile.ClassTransform;
import java.lang.classfile.CodeBuilder;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * Writes the classes in a folder anew in the form that Java starts quickest; what they do stays the same. {@code build.sh}
 * runs this with the JDK that it builds with.
 *
 * <ul>
 *   <li>Classes of before Java 6 get the form of Java 17, with the tables that today's verifier reads: Java keeps older
 *       ones out of its start-up cache, and picocli's are of Java 5, so that 170 of them were searched, read and verified at
 *       every start of a command.
 *   <li>What Java puts together only when it is first needed becomes code like any other, see {@link PlainCalls}.
 * </ul>
 */
public final class Renew {
    private static final int FIRST_WITH_CACHE = 50;

    private Renew() {}

    /** @param arguments the folder, then the jars that its classes need besides */
    public static void main(String[] arguments) throws IOException {
        Path folder = Path.of(arguments[0]);
        List<URL> places = new ArrayList<>();
        for (String place : arguments) {
            places.add(Path.of(place).toUri().toURL());
        }
        List<Path> classes;
        try (var all = Files.walk(folder)) {
            classes = all.filter(file -> file.toString().endsWith(".class")).toList();
        }
        try (var loader = new URLClassLoader(places.toArray(new URL[0]), ClassLoader.getPlatformClassLoader())) {
            var hierarchy = ClassFile.ClassHierarchyResolverOption.of(
                    ClassHierarchyResolver.ofResourceParsing(loader).orElse(ClassHierarchyResolver.defaultResolver()));
            ClassFile asTheyAre = ClassFile.of(hierarchy, ClassFile.ConstantPoolSharingOption.NEW_POOL);
            ClassFile withTables = ClassFile.of(hierarchy, ClassFile.StackMapsOption.GENERATE_STACK_MAPS);
            for (Path file : classes) {
                ClassModel model = asTheyAre.parse(file);
                if (model.majorVersion() < FIRST_WITH_CACHE) {
                    // Instructions that pass through a transform are laid out anew, and the tables made for them.
                    ClassTransform newer = ClassTransform.transformingMethodBodies(CodeBuilder::with)
                            .andThen(ClassTransform.endHandler(
                                    builder -> builder.withVersion(ClassFile.JAVA_17_VERSION, 0)));
                    Files.write(file, withTables.transformClass(model, newer));
                } else if (PlainCalls.neededBy(model)) {
                    Files.write(file, asTheyAre.transformClass(model, new PlainCalls(model).transform()));
                }
            }
        }
    }
}
