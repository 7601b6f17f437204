import java.lang.classfile.ClassBuilder;
import java.lang.classfile.ClassFile;
import java.lang.classfile.ClassModel;
import java.lang.classfile.ClassTransform;
import java.lang.classfile.CodeBuilder;
import java.lang.classfile.CodeElement;
import java.lang.classfile.CodeTransform;
import java.lang.classfile.Label;
import java.lang.classfile.Opcode;
import java.lang.classfile.TypeKind;
import java.lang.classfile.constantpool.InvokeDynamicEntry;
import java.lang.classfile.instruction.InvokeDynamicInstruction;
import java.lang.classfile.instruction.TypeCheckInstruction;
import java.lang.constant.ClassDesc;
import java.lang.constant.ConstantDesc;
import java.lang.constant.ConstantDescs;
import java.lang.constant.DirectMethodHandleDesc;
import java.lang.constant.DynamicCallSiteDesc;
import java.lang.constant.MethodTypeDesc;
import java.lang.reflect.AccessFlag;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.StreamSupport;

/**
 * Writes out in a class what its compiler left to the first call ({@code invokedynamic}): Java would put it together anew
 * in each process, for its start-up cache holds only simple lambdas and joined strings. What the calls do stays the same.
 *
 * <ul>
 *   <li>{@code equals} and {@code hashCode} of a record, as {@link java.lang.runtime.ObjectMethods} describes them;
 *   <li>the choice of a case in a {@code switch} over types, as {@link java.lang.runtime.SwitchBootstraps#typeSwitch};
 *   <li>lambdas that could be serialized, which nobody does here: they become simple ones.
 * </ul>
 */
final class PlainCalls {
    private static final ClassDesc OBJECTS = ClassDesc.of("java.util.Objects");
    private static final ClassDesc SERIALIZABLE = ClassDesc.of("java.io.Serializable");
    private static final String LAMBDAS = "java/lang/invoke/LambdaMetafactory";

    private static final DirectMethodHandleDesc SIMPLE_LAMBDA = ConstantDescs.ofCallsiteBootstrap(
            ClassDesc.ofInternalName(LAMBDAS),
            "metafactory",
            ConstantDescs.CD_CallSite,
            ConstantDescs.CD_MethodType,
            ConstantDescs.CD_MethodHandle,
            ConstantDescs.CD_MethodType);

    /** What stands before the flags of a lambda that is not simple: two types of it and its code. */
    private static final int SIMPLE = 3;

    /** The flags of a lambda of which nothing else is asked than that it can be serialized, alone and with no bridges listed. */
    private static final List<List<ConstantDesc>> SERIALIZED_ONLY = List.of(List.of(1), List.of(5, 0));

    private final ClassModel model;
    private final ClassDesc self;
    /** The methods that take the place of calls, by the calls, in the order in which they are met. */
    private final Map<InvokeDynamicEntry, String> added = new LinkedHashMap<>();

    PlainCalls(ClassModel model) {
        this.model = model;
        this.self = model.thisClass().asSymbol();
    }

    /** Whether a class has such calls. */
    static boolean neededBy(ClassModel model) {
        return StreamSupport.stream(model.constantPool().spliterator(), false)
                .anyMatch(entry -> entry instanceof InvokeDynamicEntry call && Kind.of(call) != Kind.OTHER);
    }

    ClassTransform transform() {
        return ClassTransform.transformingMethodBodies(CodeTransform.ofStateful(Body::new))
                .andThen(ClassTransform.endHandler(this::add));
    }

    private enum Kind {
        EQUALS,
        HASH,
        CASE,
        LAMBDA,
        OTHER;

        static Kind of(InvokeDynamicEntry call) {
            var bootstrap = call.bootstrap().bootstrapMethod().reference();
            List<ConstantDesc> arguments = arguments(call);
            return switch (bootstrap.owner().asInternalName() + "." + bootstrap.name().stringValue()) {
                case "java/lang/runtime/ObjectMethods.bootstrap" ->
                    switch (call.name().stringValue()) {
                        case "equals" -> EQUALS;
                        case "hashCode" -> HASH;
                        default -> OTHER; // Texts of records are for people, not for starting.
                    };
                case "java/lang/runtime/SwitchBootstraps.typeSwitch" ->
                    !call.typeSymbol().parameterType(0).isPrimitive()
                                    && arguments.stream()
                                            .allMatch(label -> label instanceof ClassDesc type && !type.isPrimitive())
                            ? CASE
                            : OTHER;
                case LAMBDAS + ".altMetafactory" ->
                    SERIALIZED_ONLY.contains(arguments.subList(SIMPLE, arguments.size())) ? LAMBDA : OTHER;
                default -> OTHER;
            };
        }
    }

    private static List<ConstantDesc> arguments(InvokeDynamicEntry call) {
        return call.bootstrap().arguments().stream()
                .map(argument -> argument.constantValue())
                .toList();
    }

    /** The code of one method, with plain calls in it. */
    private final class Body implements CodeTransform {
        private boolean afterLambda;

        @Override
        public void accept(CodeBuilder code, CodeElement element) {
            boolean unasked = afterLambda && element instanceof TypeCheckInstruction check
                    && check.opcode() == Opcode.CHECKCAST && check.type().asSymbol().equals(SERIALIZABLE);
            if (unasked) {
                return; // It is not any more, and nothing calls it as such.
            }
            Kind kind = element instanceof InvokeDynamicInstruction call ? Kind.of(call.invokedynamic()) : Kind.OTHER;
            afterLambda = kind == Kind.LAMBDA;
            if (kind == Kind.OTHER) {
                code.with(element);
                return;
            }
            InvokeDynamicEntry call = ((InvokeDynamicInstruction) element).invokedynamic();
            if (kind == Kind.LAMBDA) {
                code.invokedynamic(DynamicCallSiteDesc.of(
                        SIMPLE_LAMBDA,
                        call.name().stringValue(),
                        call.typeSymbol(),
                        arguments(call).subList(0, SIMPLE).toArray(ConstantDesc[]::new)));
            } else {
                String name = added.computeIfAbsent(call, _ -> "plain$" + added.size());
                code.invokestatic(self, name, call.typeSymbol(), model.flags().has(AccessFlag.INTERFACE));
            }
        }
    }

    private void add(ClassBuilder builder) {
        added.forEach((call, name) -> builder.withMethodBody(
                name,
                call.typeSymbol(),
                ClassFile.ACC_PRIVATE | ClassFile.ACC_STATIC | ClassFile.ACC_SYNTHETIC,
                code -> {
                    switch (Kind.of(call)) {
                        case EQUALS -> equal(code, arguments(call));
                        case HASH -> hash(code, arguments(call));
                        default -> choose(code, call);
                    }
                }));
    }

    /** What reads the components of a record stands behind its type and their names. */
    private static List<DirectMethodHandleDesc> components(List<ConstantDesc> arguments) {
        return arguments.subList(2, arguments.size()).stream()
                .map(getter -> (DirectMethodHandleDesc) getter)
                .toList();
    }

    private static ClassDesc type(DirectMethodHandleDesc component) {
        return component.invocationType().returnType();
    }

    private void get(CodeBuilder code, int slot, DirectMethodHandleDesc component) {
        code.aload(slot).getfield(self, component.methodName(), type(component));
    }

    private void equal(CodeBuilder code, List<ConstantDesc> arguments) {
        Label different = code.newLabel();
        code.aload(1).instanceOf(self).ifeq(different).aload(1).checkcast(self).astore(2);
        for (DirectMethodHandleDesc component : components(arguments)) {
            get(code, 0, component);
            get(code, 2, component);
            ClassDesc type = type(component);
            switch (TypeKind.from(type)) {
                case INT, SHORT, BYTE, CHAR, BOOLEAN -> code.if_icmpne(different);
                case LONG -> code.lcmp().ifne(different);
                case FLOAT, DOUBLE ->
                    code.invokestatic(boxed(type), "compare", MethodTypeDesc.of(ConstantDescs.CD_int, type, type))
                            .ifne(different);
                default ->
                    code.invokestatic(
                                    OBJECTS,
                                    "equals",
                                    MethodTypeDesc.of(
                                            ConstantDescs.CD_boolean,
                                            ConstantDescs.CD_Object,
                                            ConstantDescs.CD_Object))
                            .ifeq(different);
            }
        }
        code.iconst_1().ireturn().labelBinding(different).iconst_0().ireturn();
    }

    private void hash(CodeBuilder code, List<ConstantDesc> arguments) {
        code.iconst_0();
        for (DirectMethodHandleDesc component : components(arguments)) {
            code.bipush(31).imul();
            get(code, 0, component);
            ClassDesc type = type(component);
            code.invokestatic(
                            type.isPrimitive() ? boxed(type) : OBJECTS,
                            "hashCode",
                            MethodTypeDesc.of(
                                    ConstantDescs.CD_int, type.isPrimitive() ? type : ConstantDescs.CD_Object))
                    .iadd();
        }
        code.ireturn();
    }

    private static ClassDesc boxed(ClassDesc primitive) {
        return switch (TypeKind.from(primitive)) {
            case INT -> ConstantDescs.CD_Integer;
            case SHORT -> ConstantDescs.CD_Short;
            case BYTE -> ConstantDescs.CD_Byte;
            case CHAR -> ConstantDescs.CD_Character;
            case BOOLEAN -> ConstantDescs.CD_Boolean;
            case LONG -> ConstantDescs.CD_Long;
            case FLOAT -> ConstantDescs.CD_Float;
            default -> ConstantDescs.CD_Double;
        };
    }

    /** The first case from the one in the second argument on that takes the first argument; behind all, if none does. */
    private static void choose(CodeBuilder code, InvokeDynamicEntry call) {
        List<ConstantDesc> cases = arguments(call);
        Label some = code.newLabel();
        code.aload(0).ifnonnull(some).iconst_m1().ireturn().labelBinding(some);
        for (int i = 0; i < cases.size(); i++) {
            Label next = code.newLabel();
            code.iload(1).loadConstant(i).if_icmpgt(next);
            code.aload(0).instanceOf((ClassDesc) cases.get(i)).ifeq(next);
            code.loadConstant(i).ireturn().labelBinding(next);
        }
        code.loadConstant(cases.size()).ireturn();
    }
}
