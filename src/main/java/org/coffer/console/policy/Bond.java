package org.coffer.console.policy;

import java.time.Instant;
import java.util.UUID;

/**
 * That a policy serves a vault (P9).
 *
 * @param kind of the policy; a vault has one of each
 * @param since from when on
 */
public record Bond(UUID policy, UUID vault, PolicyKind kind, Instant since) {}
