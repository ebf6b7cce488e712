package dev.aquifer.node.scrub;

import dev.aquifer.node.cache.Protection;
import dev.aquifer.node.local.DatasetOrigins;
import dev.aquifer.node.local.Room;
import java.util.function.BooleanSupplier;

/**
 * What a scrub mends with.
 *
 * @param origins where bytes can be had again
 * @param protection what files get back once they are right
 * @param room what replacements take theirs from
 * @param events told of what was found and done
 * @param stopped whether the process is about to end
 */
record ScrubMeans(
        DatasetOrigins origins, Protection protection, Room room, ScrubEvents events, BooleanSupplier stopped) {}
