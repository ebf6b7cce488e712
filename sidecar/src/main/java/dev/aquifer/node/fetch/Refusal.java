package dev.aquifer.node.fetch;

import dev.aquifer.node.link.RefusalCode;
import java.time.Instant;

/** Why a fill cannot succeed for now. */
record Refusal(RefusalCode code, String message, Instant since) {}
