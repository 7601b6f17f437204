package org.coffer.console.policy;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.coffer.console.audit.Audit;

/** What others keep of policies: the audit record, and the vaults about the one that serves them (V17). */
final class PolicyFacts {
    private PolicyFacts() {}

    static Map<String, Object> of(PolicyPlan plan) {
        Map<String, Object> all = new LinkedHashMap<>();
        all.put("name", plan.name());
        all.put("enabled", plan.enabled());
        all.putAll(PolicyJson.write(plan));
        return all;
    }

    /** What a vault remembers of its policies; {@link Revival} reads it. */
    static Map<String, Object> description(Optional<Policy> serving, Optional<Policy> replicating) {
        Map<String, Object> all = new LinkedHashMap<>();
        serving.ifPresent(policy -> all.put("policy", described(policy)));
        replicating.ifPresent(policy -> all.put("replication", described(policy)));
        return all;
    }

    private static Map<String, Object> described(Policy policy) {
        Map<String, Object> all = new LinkedHashMap<>();
        all.put("id", policy.id().toString());
        all.put("createdAt", policy.createdAt().toString());
        all.put("keepsSince", policy.keepsSince().toString());
        all.putAll(of(policy.plan()));
        return all;
    }

    static Audit.Target target(Policy policy) {
        return new Audit.Target("policy", policy.id().toString(), policy.name());
    }
}
