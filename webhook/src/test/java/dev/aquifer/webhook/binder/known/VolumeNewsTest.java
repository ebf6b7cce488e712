package dev.aquifer.webhook.binder.known;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.aquifer.webhook.binding.names.PairLabels;
import dev.aquifer.webhook.binding.names.PairMode;
import dev.aquifer.webhook.binding.objects.PairReader;
import dev.aquifer.webhook.binding.source.HandleRules;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

final class VolumeNewsTest {
    private final List<String> told = new ArrayList<>();
    private final VolumeNews news = new VolumeNews(new Changes() {
        @Override
        public void ofVolume(String uid) {
            told.add("volume " + uid);
        }

        @Override
        public void gone(String uid, String key) {
            told.add("gone " + key);
        }

        @Override
        public void of(String lookup) {
            told.add(lookup);
        }

        @Override
        public void ofAll() {
            told.add("all");
        }
    });

    private static KnownPv pair(String phase) {
        ObjectNode volume = JsonNodeFactory.instance.objectNode();
        ObjectNode labels = volume.withObject("/metadata/labels");
        new PairLabels("uid", "alice", PairMode.READ_ONLY, 0).asMap().forEach(labels::put);
        volume.withObject("/metadata").put("name", "pair").put("uid", "1");
        volume.withObject("/spec/nfs").put("server", "s").put("path", "/p");
        volume.withObject("/status").put("phase", phase);
        return new KnownPv.Pair(new PairReader(HandleRules.known()).pairVolume(volume), "owner/ref");
    }

    @Test
    void aPairsVolumeThatWentConcernsThoseWhoAskedWhatItsTenantHas() {
        news.tell("pair", pair("Bound"), null);
        assertThat(told).containsExactly("gone pair", "volume uid", Interests.tenant("alice"));
    }

    @Test
    void soDoesOneThatCame() {
        news.tell("pair", null, pair("Pending"));
        assertThat(told).containsExactly("volume uid", Interests.tenant("alice"));
    }

    @Test
    void oneThatChangedConcernsItsOwnSharedVolumeOnly() {
        news.tell("pair", pair("Pending"), pair("Bound"));
        assertThat(told).containsOnly("volume uid");
    }
}
