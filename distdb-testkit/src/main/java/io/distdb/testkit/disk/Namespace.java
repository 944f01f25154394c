// SPDX-License-Identifier: MIT
package io.distdb.testkit.disk;

import io.distdb.testkit.SeededRandom;
import java.util.ArrayList;
import java.util.IdentityHashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * The names of a disk: as the process sees them, as the device holds them, and the changes between.
 *
 * <p>A change sets one or two names at once. A rename within a directory is one change, so a crash
 * shows the old name or the new; a rename across directories is two, one for each directory to
 * force, so a crash may show both names, or none when only the old directory was forced.
 */
final class Namespace {
  private final TreeMap<String, Node> live;
  private final TreeMap<String, Node> durable;
  private final List<Change> pending;

  Namespace() {
    this(new TreeMap<>(), new TreeMap<>(), new ArrayList<>());
  }

  private Namespace(
      TreeMap<String, Node> live, TreeMap<String, Node> durable, List<Change> pending) {
    this.live = live;
    this.durable = durable;
    this.pending = pending;
  }

  /** A name now leads to this; to nothing when {@code node} is null. */
  record Link(String path, Node node) {}

  record Change(long sequence, String directory, List<Link> links) {
    void applyTo(Map<String, Node> names) {
      for (Link link : links) {
        if (link.node() == null) {
          names.remove(link.path());
        } else {
          names.put(link.path(), link.node());
        }
      }
    }
  }

  Node find(String path) {
    return path.isEmpty() ? Node.Directory.INSTANCE : live.get(path);
  }

  List<String> list(String directory) {
    List<String> names = new ArrayList<>();
    String prefix = directory.isEmpty() ? "" : directory + "/";
    for (String path : live.tailMap(prefix, false).keySet()) {
      if (!path.startsWith(prefix)) {
        break;
      }
      if (path.indexOf('/', prefix.length()) < 0) {
        names.add(path.substring(prefix.length()));
      }
    }
    return names;
  }

  long allocatedBytes() {
    long bytes = 0;
    for (Node node : live.values()) {
      if (node instanceof FileNode file) {
        bytes += file.cached().allocatedBytes();
      }
    }
    return bytes;
  }

  void link(long sequence, String path, Node node) {
    apply(new Change(sequence, parent(path), List.of(new Link(path, node))));
  }

  void unlink(long sequence, String path) {
    apply(new Change(sequence, parent(path), List.of(new Link(path, null))));
  }

  void rename(long sequence, String from, String to) {
    Link arrival = new Link(to, live.get(from));
    Link departure = new Link(from, null);
    if (from.equals(to)) {
      return;
    }
    if (parent(from).equals(parent(to))) {
      apply(new Change(sequence, parent(to), List.of(arrival, departure)));
    } else {
      apply(new Change(sequence, parent(to), List.of(arrival)));
      apply(new Change(sequence, parent(from), List.of(departure)));
    }
  }

  private void apply(Change change) {
    change.applyTo(live);
    pending.add(change);
  }

  void force(String directory) {
    Iterator<Change> changes = pending.iterator();
    while (changes.hasNext()) {
      Change change = changes.next();
      if (change.directory().equals(directory)) {
        change.applyTo(durable);
        changes.remove();
      }
    }
  }

  /** Each change of the directory may or may not be on the device; no later force includes it. */
  void failForce(String directory, SeededRandom random) {
    Iterator<Change> changes = pending.iterator();
    while (changes.hasNext()) {
      Change change = changes.next();
      if (change.directory().equals(directory)) {
        if (random.chance(0.5)) {
          change.applyTo(durable);
        }
        changes.remove();
      }
    }
  }

  /** Sequences of everything that is not forced, of names and of the files they lead to. */
  List<Long> pendingSequences() {
    List<Long> sequences = new ArrayList<>();
    pending.forEach(change -> sequences.add(change.sequence()));
    IdentityHashMap<Node, Node> seen = new IdentityHashMap<>();
    collectPending(live, seen, sequences);
    collectPending(durable, seen, sequences);
    sequences.sort(null);
    return sequences;
  }

  private static void collectPending(
      Map<String, Node> names, IdentityHashMap<Node, Node> seen, List<Long> sequences) {
    for (Node node : names.values()) {
      if (node instanceof FileNode file && seen.put(file, file) == null) {
        file.pending().forEach(change -> sequences.add(change.sequence()));
      }
    }
  }

  /** The names and files that {@code loss} leaves. */
  Namespace after(PowerLoss loss) {
    TreeMap<String, Node> names = new TreeMap<>(durable);
    for (Change change : pending) {
      if (loss.keeps(change)) {
        change.applyTo(names);
      }
    }
    names.keySet().removeIf(path -> !reachable(names, path));
    IdentityHashMap<Node, Node> files = new IdentityHashMap<>();
    names.replaceAll((path, node) -> surviving(node, files, loss));
    return new Namespace(names, new TreeMap<>(names), new ArrayList<>());
  }

  private static Node surviving(Node node, IdentityHashMap<Node, Node> files, PowerLoss loss) {
    return switch (node) {
      case Node.Directory directory -> directory;
      case FileNode file ->
          files.computeIfAbsent(file, absent -> FileNode.durable(loss.content(file)));
    };
  }

  /** The same, unforced changes included: what a new process on the same machine finds. */
  Namespace copy() {
    IdentityHashMap<Node, Node> files = new IdentityHashMap<>();
    TreeMap<String, Node> newLive = new TreeMap<>(live);
    newLive.replaceAll((path, node) -> copied(node, files));
    TreeMap<String, Node> newDurable = new TreeMap<>(durable);
    newDurable.replaceAll((path, node) -> copied(node, files));
    List<Change> newPending = new ArrayList<>();
    for (Change change : pending) {
      List<Link> links =
          change.links().stream()
              .map(link -> new Link(link.path(), copied(link.node(), files)))
              .toList();
      newPending.add(new Change(change.sequence(), change.directory(), links));
    }
    return new Namespace(newLive, newDurable, newPending);
  }

  private static Node copied(Node node, IdentityHashMap<Node, Node> files) {
    return node instanceof FileNode file
        ? files.computeIfAbsent(file, absent -> file.copy())
        : node;
  }

  private static boolean reachable(Map<String, Node> names, String path) {
    for (String above = parent(path); !above.isEmpty(); above = parent(above)) {
      if (!(names.get(above) instanceof Node.Directory)) {
        return false;
      }
    }
    return true;
  }

  static String parent(String path) {
    int slash = path.lastIndexOf('/');
    return slash < 0 ? "" : path.substring(0, slash);
  }
}
