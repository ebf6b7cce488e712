package dev.aquifer.webhook.command.manifest;

import java.math.BigInteger;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import org.snakeyaml.engine.v2.api.ConstructNode;
import org.snakeyaml.engine.v2.nodes.Node;
import org.snakeyaml.engine.v2.nodes.ScalarNode;
import org.snakeyaml.engine.v2.nodes.Tag;
import org.snakeyaml.engine.v2.resolver.ScalarResolver;
import org.snakeyaml.engine.v2.schema.CoreSchema;

/** YAML as kubectl takes it, so that what is printed means to it what was read. */
final class KubectlSchema extends CoreSchema {
    private static final int LONG_BITS = 63;

    @Override
    public ScalarResolver getScalarResolver() {
        return new KubectlScalars();
    }

    @Override
    public Map<Tag, ConstructNode> getSchemaTagConstructors() {
        Map<Tag, ConstructNode> constructors = new HashMap<>(super.getSchemaTagConstructors());
        constructors.put(
                Tag.BOOL, node -> KubectlScalars.TRUE.matcher(text(node)).matches());
        constructors.put(Tag.INT, node -> integer(text(node)));
        return constructors;
    }

    private static String text(Node node) {
        return ((ScalarNode) node).getValue();
    }

    private static Number integer(String text) {
        String digits = text.replace("_", "").replaceFirst("^[-+]", "").toLowerCase(Locale.ROOT);
        BigInteger amount = switch (digits.length() < 2 || digits.charAt(0) != '0' ? ' ' : digits.charAt(1)) {
            case ' ' -> new BigInteger(digits);
            case 'x' -> new BigInteger(digits.substring(2), 16);
            case 'b' -> new BigInteger(digits.substring(2), 2);
            case 'o' -> new BigInteger(digits.substring(2), 8);
            default -> new BigInteger(digits, 8);
        };
        BigInteger number = text.startsWith("-") ? amount.negate() : amount;
        if (number.bitLength() > LONG_BITS) {
            return number;
        }
        return number.longValueExact();
    }
}
