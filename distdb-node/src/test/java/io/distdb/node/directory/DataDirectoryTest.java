// SPDX-License-Identifier: MIT
package io.distdb.node.directory;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.distdb.api.error.DistDbException;
import io.distdb.api.error.ErrorCode;
import io.distdb.storage.memory.disk.FileDisk;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class DataDirectoryTest {
  @TempDir private Path directory;

  private DataDirectory open() {
    return DataDirectory.open(new FileDisk(directory), "a test");
  }

  private void refused(ErrorCode code, String... words) throws IOException {
    List<String> before = content();
    assertThatThrownBy(this::open)
        .isInstanceOfSatisfying(
            DistDbException.class, failure -> assertThat(failure.code()).isEqualTo(code))
        .hasMessageContainingAll(words);
    assertThat(content()).isEqualTo(before);
  }

  private List<String> content() throws IOException {
    try (Stream<Path> files = Files.list(directory)) {
      return files
          .sorted()
          .map(file -> {
            try {
              return file.getFileName() + ": " + Files.readString(file);
            } catch (IOException failure) {
              throw new AssertionError(failure);
            }
          })
          .toList();
    }
  }

  @Test
  void aNewDirectoryGetsItsFormat() throws IOException {
    directory = directory.resolve("a/b");
    open().close();
    assertThat(Files.readString(directory.resolve("FORMAT")))
        .isEqualTo("DistDB data directory\nformat 1\n");
    open().close();
  }

  @Test
  void aCrashWithinTheFirstOpeningLeavesANewDirectory() throws IOException {
    Files.writeString(directory.resolve("FORMAT.tmp"), "Dist");
    Files.writeString(directory.resolve("distdb.lock"), "");
    open().close();
    assertThat(directory.resolve("FORMAT")).exists();
  }

  @Test
  void aNewerFormatIsRefusedWithBothVersionsNamed() throws IOException {
    Files.writeString(directory.resolve("FORMAT"), "DistDB data directory\nformat 7\n");
    refused(ErrorCode.INCOMPATIBLE_FORMAT, "format 7", "up to 1");
  }

  @Test
  void whatIsNotDistDbsIsRefused() throws IOException {
    Files.writeString(directory.resolve("thesis.txt"), "years of work");
    refused(ErrorCode.INCOMPATIBLE_FORMAT, "not a DistDB data directory", "thesis.txt");
    Files.delete(directory.resolve("thesis.txt"));
    Files.writeString(directory.resolve("FORMAT"), "");
    refused(ErrorCode.INCOMPATIBLE_FORMAT, "FORMAT");
    Files.writeString(directory.resolve("FORMAT"), "DistDB data directory\nformat 99999999999\n");
    refused(ErrorCode.INCOMPATIBLE_FORMAT, "FORMAT");
  }

  @Test
  void snapshotsWithoutTheirJournalAreRefused() throws IOException {
    open().close();
    Files.createDirectory(directory.resolve("snapshots/shard-0"));
    Files.delete(directory.resolve("journal"));
    assertThatThrownBy(this::open)
        .isInstanceOfSatisfying(
            DistDbException.class,
            failure -> assertThat(failure.code()).isEqualTo(ErrorCode.DATA_CORRUPTED))
        .hasMessageContaining("no journal");
    assertThat(directory.resolve("journal")).doesNotExist();
  }

  @Test
  void theHolderIsNamed() {
    try (DataDirectory held = DataDirectory.open(new FileDisk(directory), "the first test")) {
      assertThat(held.journal().location()).endsWith("journal");
      assertThatThrownBy(this::open)
          .isInstanceOfSatisfying(
              DistDbException.class,
              failure -> assertThat(failure.code()).isEqualTo(ErrorCode.DATABASE_IN_USE))
          .hasMessageContainingAll("the first test", Long.toString(ProcessHandle.current().pid()));
    }
    open().close();
  }
}
