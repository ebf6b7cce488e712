package dev.aquifer.webhook.binder.pairs;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.aquifer.webhook.binder.known.KnownCluster;
import dev.aquifer.webhook.binder.known.Written;
import dev.aquifer.webhook.binder.requests.Paths;
import dev.aquifer.webhook.binder.requests.Writer;
import dev.aquifer.webhook.binding.objects.DesiredClaim;
import dev.aquifer.webhook.binding.objects.DesiredVolume;
import dev.aquifer.webhook.binding.objects.Eviction;
import dev.aquifer.webhook.binding.objects.OnlyClaim;
import dev.aquifer.webhook.binding.plan.Action;
import dev.aquifer.webhook.binding.plan.Action.ClaimVolume;
import dev.aquifer.webhook.binding.plan.Action.CorrectClaim;
import dev.aquifer.webhook.binding.plan.Action.CorrectVolume;
import dev.aquifer.webhook.binding.plan.Action.CreateClaim;
import dev.aquifer.webhook.binding.plan.Action.CreateVolume;
import dev.aquifer.webhook.binding.plan.Action.DeleteClaim;
import dev.aquifer.webhook.binding.plan.Action.DeleteVolume;
import dev.aquifer.webhook.binding.plan.Action.NoteEviction;
import dev.aquifer.webhook.binding.plan.Action.RetainVolume;
import dev.aquifer.webhook.cluster.TrimmedStore;
import dev.aquifer.webhook.rest.ApiException;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Writes the objects of pairs, and notes what was written until the watches have brought it back. */
final class PairWriter {
    private static final Logger LOG = LoggerFactory.getLogger(PairWriter.class);

    private final Writer writer;
    private final KnownCluster cluster;
    private final Written written;

    PairWriter(Writer writer, KnownCluster cluster, Written written) {
        this.writer = writer;
        this.cluster = cluster;
        this.written = written;
    }

    /** The actions of one pair, in their order; after a failure the rest waits for the next plan. */
    void write(List<Action> actions) {
        String claimUid = null;
        for (Action action : actions) {
            switch (action) {
                case CreateClaim(DesiredClaim claim) -> claimUid = Writer.uid(createClaim(claim));
                case CreateVolume(DesiredVolume volume) ->
                    createVolume(volume.claimUid() == null ? claimed(volume, claimUid) : volume);
                case ClaimVolume(OnlyClaim claim) -> claim(claim);
                case CorrectVolume(DesiredVolume volume, String uid) -> correct(volume, uid);
                case CorrectClaim(DesiredClaim claim, String uid) ->
                    note(claim, writer.apply(Paths.claim(claim.namespace(), claim.name()), only(claim.toJson(), uid)));
                case RetainVolume(String name, String uid) -> retain(name, uid);
                case NoteEviction note -> note(note);
                case DeleteClaim delete -> delete(delete);
                case DeleteVolume delete -> delete(delete);
            }
        }
    }

    /** Never takes over a claim that somebody made before: that one fails as a conflict. */
    JsonNode createClaim(DesiredClaim claim) {
        return note(claim, writer.create(Paths.claims(claim.namespace()), claim.toJson()));
    }

    private void claim(OnlyClaim claim) {
        written.note(
                claim.sharedVolumeUid(),
                cluster.claims::get,
                TrimmedStore.key(claim.namespace(), claim.name()),
                writer.create(Paths.claims(claim.namespace()), claim.toJson()));
    }

    JsonNode createVolume(DesiredVolume volume) {
        return note(volume, writer.apply(Paths.volume(volume.name()), volume.toJson()));
    }

    JsonNode note(DesiredVolume volume, JsonNode object) {
        written.note(volume.labels().volumeUid(), cluster.volumes::get, volume.name(), object);
        return object;
    }

    JsonNode note(DesiredClaim claim, JsonNode object) {
        String key = TrimmedStore.key(claim.namespace(), claim.name());
        written.note(claim.labels().volumeUid(), cluster.claims::get, key, object);
        return object;
    }

    private static DesiredVolume claimed(DesiredVolume volume, @Nullable String claimUid) {
        return claimUid == null ? volume : volume.claimedBy(claimUid);
    }

    /** Retain is the one field that is taken back from whoever changed it: the source's data hangs on it. */
    private void correct(DesiredVolume volume, String uid) {
        try {
            note(volume, writer.apply(Paths.volume(volume.name()), only(volume.toJson(), uid)));
        } catch (ApiException e) {
            if (e.isConflict()) {
                note(volume, retain(volume.name(), uid));
            }
            throw e;
        }
    }

    private JsonNode retain(String name, String uid) {
        ObjectNode retain = only(JsonNodeFactory.instance.objectNode(), uid);
        retain.putObject("spec").put("persistentVolumeReclaimPolicy", "Retain");
        return writer.merge(Paths.volume(name), retain);
    }

    /** One that is not there any more has no pods. */
    private void note(NoteEviction note) {
        ObjectNode patch = only(JsonNodeFactory.instance.objectNode(), note.uid());
        patch.withObject("/metadata").set("annotations", Eviction.annotations(note.eviction()));
        try {
            JsonNode answer = writer.merge(Paths.volume(note.name()), patch);
            written.note(note.sharedVolumeUid(), cluster.volumes::get, note.name(), answer);
        } catch (ApiException e) {
            if (!e.isNotFound()) {
                throw e;
            }
        }
    }

    private void delete(DeleteClaim delete) {
        LOG.info("deleting claim namespace={} name={} why={}", delete.namespace(), delete.name(), delete.why());
        writer.delete(Paths.claim(delete.namespace(), delete.name()), delete.uid());
    }

    private void delete(DeleteVolume delete) {
        LOG.info("deleting volume name={} why={}", delete.name(), delete.why());
        writer.delete(Paths.volume(delete.name()), delete.uid());
    }

    /** The object of this UID and no later one of its name. */
    private static ObjectNode only(ObjectNode object, String uid) {
        object.withObject("/metadata").put("uid", uid);
        return object;
    }
}
