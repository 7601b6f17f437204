import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.classfile.ClassFile;
import java.lang.classfile.ClassHierarchyResolver;
import java.lang.classfile.ClassModel;
import java.lang.classfile.ClassTransform;
import java.lang.classfile.CodeBuilder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/**
 * Writes the classes in a folder anew in the form of Java 17, with the tables that today's verifier reads. Java keeps
 * classes older than Java 6 out of its start-up cache, and picocli's are of Java 5: 170 of them were searched, read and
 * verified at every start of a command. {@code build.sh} runs this with the JDK that it builds with.
 */
public final class Renew {
    private static final int FIRST_WITH_CACHE = 50;

    private Renew() {}

    /** @param arguments the folder */
    public static void main(String[] arguments) throws IOException {
        Path folder = Path.of(arguments[0]);
        ClassHierarchyResolver folderFirst = ClassHierarchyResolver.ofResourceParsing(name -> {
                    try {
                        String file = name.displayName();
                        String place = name.packageName().replace('.', '/');
                        Path found = folder.resolve(place).resolve(file + ".class");
                        return Files.exists(found) ? Files.newInputStream(found) : null;
                    } catch (IOException e) {
                        throw new UncheckedIOException(e);
                    }
                })
                .orElse(ClassHierarchyResolver.defaultResolver());
        ClassFile files = ClassFile.of(
                ClassFile.StackMapsOption.GENERATE_STACK_MAPS,
                ClassFile.ClassHierarchyResolverOption.of(folderFirst));
        List<Path> classes;
        try (var all = Files.walk(folder)) {
            classes = all.filter(file -> file.toString().endsWith(".class")).toList();
        }
        for (Path file : classes) {
            ClassModel model = files.parse(file);
            if (model.majorVersion() < FIRST_WITH_CACHE) {
                // Instructions that pass through a transform are laid out anew, and the tables made for them.
                ClassTransform newer = ClassTransform.transformingMethodBodies(CodeBuilder::with)
                        .andThen(ClassTransform.endHandler(
                                builder -> builder.withVersion(ClassFile.JAVA_17_VERSION, 0)));
                Files.write(file, files.transformClass(model, newer));
            }
        }
    }
}
