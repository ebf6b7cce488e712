package dev.aquifer.node.scrub;

import dev.aquifer.node.cache.DatasetFolder;
import dev.aquifer.node.cache.ListingVisitor;
import dev.aquifer.node.cache.ListingWalk;
import dev.aquifer.node.cache.OlderFile;
import dev.aquifer.node.cache.OlderSnapshot;
import dev.aquifer.node.dataset.DatasetPath;
import dev.aquifer.node.dataset.DirectoryEntry;
import dev.aquifer.node.dataset.FileEntry;
import dev.aquifer.node.dataset.LinkEntry;
import dev.aquifer.node.dataset.SnapshotId;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/** Finds all names of a file that has several. */
final class GroupNames implements ListingVisitor {
    private final long group;
    private final List<DatasetPath> names = new ArrayList<>();
    private DatasetPath here = DatasetPath.ROOT;

    private GroupNames(long group) {
        this.group = group;
    }

    static List<DatasetPath> of(DatasetFolder folder, SnapshotId snapshot, long group) throws IOException {
        GroupNames found = new GroupNames(group);
        ListingWalk.over(folder.records(), folder.root(snapshot), List.of(), found);
        return found.names;
    }

    @Override
    public void file(FileEntry file, long firstChunk, List<OlderFile> older) {
        if (file.linkGroup() == group) {
            names.add(here.child(file.name()));
        }
    }

    @Override
    public void enter(DirectoryEntry directory, List<OlderSnapshot> older) {
        here = here.child(directory.name());
    }

    @Override
    public void leave(DirectoryEntry directory) {
        here = here.parent();
    }

    @Override
    public void link(LinkEntry link) {
        // a symbolic link is a file of its own
    }

    @Override
    public void directory(DirectoryEntry directory) {
        // entered later
    }
}
