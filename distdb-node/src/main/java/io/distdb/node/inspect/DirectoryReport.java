// SPDX-License-Identifier: MIT
package io.distdb.node.inspect;

import io.distdb.api.index.IndexId;
import io.distdb.api.inspect.ContentReport;
import io.distdb.api.inspect.Damage;
import io.distdb.api.inspect.FileGroup;
import io.distdb.api.inspect.JournalReport;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What a data directory consists of.
 *
 * @param format the number in {@code FORMAT}; empty when it cannot be read
 * @param walDirectory where the journal is, when it is not within
 * @param holder who has it open while this is written; what is said may be out of date by then
 * @param member its place in a cluster, if it has one
 * @param runs the entries of the log that there are, by shard
 * @param names what the indexes are called; system indexes are not among them
 * @param namesProblem why there are no names; empty when there are
 * @param verified whether every byte was read and checked
 * @param damages what is wrong, in the order in which it was found
 */
public record DirectoryReport(
    String location,
    Optional<Integer> format,
    String engine,
    Optional<String> walDirectory,
    Optional<String> holder,
    Optional<MemberReport> member,
    JournalReport journal,
    List<LogRun> runs,
    List<FileGroup> groups,
    List<ContentReport> contents,
    Map<IndexId, IndexName> names,
    Optional<String> namesProblem,
    boolean verified,
    List<Damage> damages) {
  public DirectoryReport {
    runs = List.copyOf(runs);
    groups = List.copyOf(groups);
    contents = List.copyOf(contents);
    names = Map.copyOf(names);
    damages = List.copyOf(damages);
  }

  /** Whether nothing is wrong. */
  public boolean isSound() {
    return damages.isEmpty();
  }
}
