package org.coffer.console.policy;

import java.time.Instant;
import java.util.UUID;

/**
 * That a policy serves a vault (P9).
 *
 * @param since from when on
 */
public record Bond(UUID policy, UUID vault, Instant since) {}
