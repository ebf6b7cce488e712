package dev.aquifer.webhook.inject;

import java.util.List;

/** All that one container, init containers among them, finds of shared volumes; parents before children. */
public record ContainerSights(String container, List<Sight> sights) {
    public ContainerSights {
        sights = List.copyOf(sights);
    }
}
