// SPDX-License-Identifier: MIT
package io.distdb.node.backup;

import io.distdb.api.disk.Disk;
import io.distdb.api.error.DistDbException;
import io.distdb.api.error.ErrorCode;
import io.distdb.api.inspect.Damage;
import io.distdb.api.journal.Journal;
import io.distdb.api.storage.LogPosition;
import java.util.ArrayList;
import java.util.List;
import java.util.function.LongConsumer;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What a backup consists of and what is wrong with it. Reads every byte of it; changes nothing.
 *
 * @param damages of its files, one of each at most: behind it the file was not read
 */
public record BackupSurvey(BackupManifest manifest, List<Damage> damages) {
  private static final Pattern OFFSET = Pattern.compile("(?:at offset|at byte) (\\d+)");

  public BackupSurvey {
    damages = List.copyOf(damages);
  }

  /**
   * Reads a backup.
   *
   * @param progress hears bytes read and bytes to read
   * @throws DistDbException as {@link BackupManifest#read}: nothing can be said without a manifest
   */
  public static BackupSurvey inspect(Disk disk, Journal.Progress progress) {
    BackupManifest manifest = BackupManifest.read(disk);
    List<Damage> damages = new ArrayList<>();
    BackupCheck check = new BackupCheck();
    long[] done = {0};
    LongConsumer read =
        bytes -> {
          done[0] += bytes;
          progress.at(done[0], manifest.bytes());
        };
    for (BackupFile file : manifest.files()) {
      try {
        if (manifest.isIncremental()) {
          BackupLog log = new BackupLog(new BackupChain.Link(disk, manifest), file);
          log.check(new LogPosition(0, log.read(entry -> {}).first() - 1), read);
        } else {
          check.check(disk, file, read);
        }
      } catch (DistDbException refused) {
        damages.add(damage(disk, file.name(), refused));
      }
    }
    return new BackupSurvey(manifest, damages);
  }

  private static Damage damage(Disk disk, String name, DistDbException refused) {
    Matcher offset = OFFSET.matcher(refused.getMessage());
    Damage.Kind kind =
        !disk.exists(name)
            ? Damage.Kind.MISSING_FILE
            : refused.code() == ErrorCode.INCOMPATIBLE_FORMAT
                ? Damage.Kind.NEWER_FORMAT
                : refused.code() == ErrorCode.DATA_CORRUPTED
                    ? Damage.Kind.BLOCK
                    : Damage.Kind.UNREADABLE;
    long at = offset.find() ? Long.parseLong(offset.group(1)) : Damage.WHOLE_FILE;
    return new Damage(disk.location() + "/" + name, at, 0, kind, refused.getMessage());
  }
}
