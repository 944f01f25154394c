// SPDX-License-Identifier: MIT
package io.distdb.node.directory;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.distdb.api.error.DistDbException;
import io.distdb.api.error.ErrorCode;
import io.distdb.node.directory.DirectoryLayout.JournalPlace;
import io.distdb.storage.memory.disk.FileDisk;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class DataDirectoryTest {
  @TempDir private Path directory;

  private DataDirectory open() {
    return open("memory", Optional.empty());
  }

  private DataDirectory open(String engine, Optional<Path> journal) {
    DirectoryLayout layout =
        new DirectoryLayout(
            engine,
            journal.map(place -> new JournalPlace(new FileDisk(place), place.toString())),
            "d1");
    return DataDirectory.open(new FileDisk(directory), layout, "a test");
  }

  private void refused(ErrorCode code, String... words) throws IOException {
    refused(code, this::open, words);
  }

  private void refused(ErrorCode code, ThrowingCallable opening, String... words)
      throws IOException {
    List<String> before = content();
    assertThatThrownBy(opening)
        .isInstanceOfSatisfying(
            DistDbException.class, failure -> assertThat(failure.code()).isEqualTo(code))
        .hasMessageContainingAll(words);
    assertThat(content()).isEqualTo(before);
  }

  private List<String> content() throws IOException {
    try (Stream<Path> files = Files.walk(directory)) {
      return files
          .filter(Files::isRegularFile)
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
        .isEqualTo("DistDB data directory\nformat 2\nstorage memory\n");
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
    refused(ErrorCode.INCOMPATIBLE_FORMAT, "format 7", "up to 2");
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
    DirectoryLayout layout = new DirectoryLayout("memory", Optional.empty(), "d1");
    try (DataDirectory held =
        DataDirectory.open(new FileDisk(directory), layout, "the first test")) {
      assertThat(held.journal().location()).endsWith("journal");
      assertThatThrownBy(this::open)
          .isInstanceOfSatisfying(
              DistDbException.class,
              failure -> assertThat(failure.code()).isEqualTo(ErrorCode.DATABASE_IN_USE))
          .hasMessageContainingAll("the first test", Long.toString(ProcessHandle.current().pid()));
    }
    open().close();
  }

  @Test
  void aDirectoryOfFormat1IsOfTheEngineInMemory() throws IOException {
    Files.writeString(directory.resolve("FORMAT"), "DistDB data directory\nformat 1\n");
    open().close();
    refused(
        ErrorCode.INCOMPATIBLE_FORMAT,
        () -> open("rocksdb", Optional.empty()),
        "\"memory\"",
        "\"rocksdb\"");
  }

  @Test
  void whatFormat2DoesNotHaveIsRefused() throws IOException {
    for (String rest :
        List.of("", "storage\n", "storage memory\nstorage memory\n", "storage memory\nx y\n")) {
      Files.writeString(directory.resolve("FORMAT"), "DistDB data directory\nformat 2\n" + rest);
      refused(ErrorCode.INCOMPATIBLE_FORMAT, "FORMAT", "damaged");
    }
  }

  @Test
  void aJournalElsewhereIsRemembered() throws IOException {
    Path data = directory.resolve("data");
    Path wal = directory.resolve("wal");
    directory = data;
    try (DataDirectory opened = open("memory", Optional.of(wal))) {
      assertThat(opened.journal().location()).isEqualTo(wal.resolve("journal").toString());
      assertThat(new FileDisk(wal).lock("another"))
          .as("the journal's directory is held too")
          .isPresent();
    }
  }

  /** It has no checksum: each byte of it is compared with something else. */
  @Test
  void noFlippedBitOfTheFormatIsOverlooked() throws IOException {
    open().close();
    Path file = directory.resolve("FORMAT");
    byte[] content = Files.readAllBytes(file);
    for (int bit = 0; bit < content.length * Byte.SIZE; bit++) {
      byte[] flipped = content.clone();
      flipped[bit / Byte.SIZE] ^= (byte) (1 << bit % Byte.SIZE);
      Files.write(file, flipped);
      assertThatThrownBy(() -> open().close())
          .as("bit %s", bit)
          .isInstanceOf(DistDbException.class);
    }
    Files.write(file, content);
    open().close();
  }
}
