package org.coffer.engine.vault;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Builds the levels of a block map above its leaves, inheriting from the parent every node that did not change. */
final class TreeBuilder {
    private final VaultCore core;
    private final Scope scope;
    private final SharedUses uses;
    private final NodeWriter nodes;
    private final @Nullable TreeReader parent;
    private final NodePointers leaves;

    TreeBuilder(SessionParts parts, NodeWriter nodes, @Nullable TreeReader parent, NodePointers leaves) {
        this.core = parts.core();
        this.scope = parts.scope();
        this.uses = parts.uses();
        this.nodes = nodes;
        this.parent = parent;
        this.leaves = leaves;
    }

    /** Writes all levels above the leaves and returns where the root lies; null if the whole disk is a hole. */
    @Nullable
    NodePointer build(TreeShape shape) throws IOException {
        try (Workbench bench = core.benches().take()) {
            nodes.flush(bench);
            NodePointers below = leaves;
            for (int level = 1; level <= shape.height(); level++) {
                NodePointers here = new NodePointers(scope.sessions());
                for (long index = 0; index < shape.nodes(level); index++) {
                    inner(shape, level, index, below, here, bench);
                }
                nodes.flush(bench);
                below = here;
            }
            return below.get(0);
        }
    }

    private void inner(TreeShape shape, int level, long index, NodePointers below, NodePointers here, Workbench bench)
            throws IOException {
        List<@Nullable NodePointer> children = new ArrayList<>();
        boolean empty = true;
        for (int i = 0; i < shape.childrenOf(level, index); i++) {
            NodePointer child = below.get(index * InnerNode.FAN_OUT + i);
            children.add(child);
            empty &= child == null;
        }
        if (empty) {
            here.set(index, null);
            return;
        }
        NodePointer inherited = inherited(level, index, children);
        if (inherited != null) {
            here.set(index, inherited);
            uses.addMap(inherited.pack());
            return;
        }
        InnerNode node = new InnerNode(level, children);
        nodes.add(
                node.write(),
                bench.hashNode(node.covered()),
                pointer -> {
                    here.set(index, pointer);
                    uses.addMap(pointer.pack());
                },
                bench);
    }

    private @Nullable NodePointer inherited(int level, long index, List<@Nullable NodePointer> children)
            throws IOException {
        TreeReader tree = parent;
        if (tree == null || level > tree.shape().height()) {
            return null;
        }
        try {
            NodePointer pointer = tree.pointer(level, index);
            if (pointer == null || !scope.may(ObjectType.MAP, pointer.pack(), pointer.ordinal())) {
                return null;
            }
            InnerNode before = tree.inner(level, index);
            return before != null && before.children().equals(children) ? pointer : null;
        } catch (DamagedException e) {
            // As good as a node that changed: it is written anew.
            return null;
        }
    }
}
