package dev.aquifer.webhook.command.doctor;

import static dev.aquifer.webhook.testing.PretendedApiServer.answer;
import static org.assertj.core.api.Assertions.assertThat;

import dev.aquifer.webhook.rest.ApiServer;
import dev.aquifer.webhook.testing.PretendedApiServer;
import java.io.IOException;
import org.junit.jupiter.api.Test;

class RightsCheckTest {
    @Test
    void saysWhatTheCommandsDoWithoutRights() throws IOException {
        try (PretendedApiServer server =
                new PretendedApiServer("/", exchange -> answer(exchange, 201, "{\"status\": {\"allowed\": false}}"))) {
            assertThat(new RightsCheck(new ApiServer(server.client()), "lab").run())
                    .singleElement()
                    .satisfies(found -> assertThat(found.message())
                            .contains("list sharedvolumes (explain and inject ask the running admission instead"));
        }
    }
}
