package dev.aquifer.node.dataset;

import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Which dataset: 32 lower-case hexadecimal digits, given by the binder and opaque here. */
public record DatasetId(String value) {
    private static final Pattern FORM = Pattern.compile("[0-9a-f]{32}");

    public DatasetId {
        if (!FORM.matcher(value).matches()) {
            throw new InvalidListing("Expected a dataset's id of 32 lower-case hexadecimal digits, found '%s'"
                    .formatted(Shown.text(value)));
        }
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof DatasetId dataset && value.equals(dataset.value);
    }

    @Override
    public String toString() {
        return value;
    }
}
