package dev.aquifer.webhook.command.explain;

import dev.aquifer.webhook.api.Grant;
import dev.aquifer.webhook.entitlement.Consent;
import dev.aquifer.webhook.entitlement.Consents;
import dev.aquifer.webhook.entitlement.InvalidAnnotationException;
import dev.aquifer.webhook.entitlement.KnownVolume;
import dev.aquifer.webhook.entitlement.Reason;
import dev.aquifer.webhook.entitlement.Resolution.Refused;
import dev.aquifer.webhook.entitlement.VolumeRequest;
import dev.aquifer.webhook.entitlement.VolumesAnnotation;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;

/**
 * The grants of volumes that a pod asks for in vain. Admission keeps them to itself, so that nobody learns another's volumes
 * by asking; whoever may list SharedVolumes sees which of them nearly fits.
 */
final class NearGrants {
    private NearGrants() {}

    /** A sentence for each volume that is there and whose grants do not fit. */
    static List<String> of(List<Refused> refusals, Consents consents) {
        return refusals.stream()
                .filter(refused -> refused.reason() == Reason.NOT_GRANTED)
                .flatMap(refused -> requests(refused.volume()))
                .flatMap(request -> consents.meant(request).stream()
                        .filter(volume -> !isHad(volume, request, consents))
                        .map(NearGrants::sentence))
                .distinct()
                .toList();
    }

    private static Stream<VolumeRequest> requests(String text) {
        try {
            return VolumesAnnotation.parse(text).stream();
        } catch (InvalidAnnotationException e) {
            return Stream.empty();
        }
    }

    /** Whether only the name of its owner is missing. */
    private static boolean isHad(KnownVolume volume, VolumeRequest request, Consents consents) {
        return request.role() == null
                && consents.offers().stream()
                        .anyMatch(offer -> offer.volume().key().equals(volume.key()));
    }

    private static String sentence(KnownVolume volume) {
        List<Grant> access = Objects.requireNonNullElse(volume.spec().access(), List.of());
        List<String> grants = new ArrayList<>();
        for (int i = 0; i < access.size(); i++) {
            List<String> roles = access.get(i).roles();
            grants.add("%s %s by %s"
                    .formatted(
                            roles.size() == 1 ? "role" : "roles",
                            String.join(", ", roles),
                            Sentences.grant(new Consent(i, access.get(i)))));
        }
        return "SharedVolume %s is there, and grants %s"
                .formatted(volume.key(), grants.isEmpty() ? "nothing to anybody" : String.join("; ", grants));
    }
}
