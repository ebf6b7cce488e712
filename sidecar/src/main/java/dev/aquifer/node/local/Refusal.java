package dev.aquifer.node.local;

import dev.aquifer.node.link.RefusalCode;
import java.time.Instant;

/** Why a fill cannot succeed for now. */
public record Refusal(RefusalCode code, String message, Instant since) {}
