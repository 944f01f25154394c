// SPDX-License-Identifier: MIT
package io.distdb.node.backup;

import io.distdb.api.Timestamp;
import io.distdb.api.error.DistDbException;
import io.distdb.api.error.ErrorCode;
import io.distdb.node.archive.ArchiveDirectory;
import java.util.Optional;

/**
 * What a restore reads, checked to its last byte, and up to where.
 *
 * @param chain the backups that are needed
 * @param tail what is needed of the archive after them
 * @param newest versions and commits above this timestamp are left out
 */
record RestorePlan(BackupChain chain, Optional<ArchivedTail> tail, long newest) {
  /**
   * Reads everything that the request needs.
   *
   * @throws DistDbException as {@link Restore#run}
   */
  static RestorePlan of(RestoreRequest request, BytesRead read) {
    BackupChain whole = BackupChain.of(request.backup(), request.earlier());
    long last = whole.last().manifest().timestamp();
    long newest = request.asOf().orElse(request.archive().isPresent() ? Timestamp.LATEST : last);
    BackupChain chain = whole.upTo(newest);
    read.expect(2 * chain.bytes());
    new BackupCheck().check(chain, read);
    long settled = chain.last().manifest().timestamp();
    Optional<ArchivedTail> tail =
        settled < newest
            ? request
                .archive()
                .map(disk -> tail(ArchiveDirectory.existing(disk), chain, newest, read))
            : Optional.empty();
    long reaches = tail.map(ArchivedTail::reaches).orElse(settled);
    if (request.asOf().isPresent() && newest > reaches) {
      throw tooLate(newest, reaches, request.archive().isPresent());
    }
    read.expect(read.done() + chain.bytes() + tail.map(ArchivedTail::bytes).orElse(0L));
    return new RestorePlan(chain, tail, newest);
  }

  private static ArchivedTail tail(
      ArchiveDirectory archive, BackupChain chain, long newest, BytesRead read) {
    BackupManifest last = chain.last().manifest();
    archive.requireOf(last.database());
    return ArchivedTail.check(archive, last.position().index(), last.timestamp(), newest, read);
  }

  private static DistDbException tooLate(long newest, long reaches, boolean archived) {
    return new DistDbException(
            ErrorCode.INVALID_PARAMETER_VALUE,
            (archived ? "backup and archive reach " : "the backup reaches ")
                + RestoreTime.text(reaches)
                + ", and cannot be restored as of "
                + RestoreTime.text(newest))
        .withHint(
            archived
                ? "Leave --as-of out to restore everything that is there."
                : "Restore as of its own time or before, or give the archive of the log with"
                    + " --archive.");
  }
}
