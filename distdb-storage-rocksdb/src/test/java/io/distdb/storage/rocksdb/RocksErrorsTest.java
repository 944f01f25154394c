// SPDX-License-Identifier: MIT
package io.distdb.storage.rocksdb;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.distdb.api.Bytes;
import io.distdb.api.ShardId;
import io.distdb.api.Timestamp;
import io.distdb.api.disk.Disk;
import io.distdb.api.error.DistDbException;
import io.distdb.api.error.ErrorCode;
import io.distdb.api.index.Direction;
import io.distdb.api.index.Index;
import io.distdb.api.index.IndexCursor;
import io.distdb.api.index.IndexId;
import io.distdb.api.index.IndexKind;
import io.distdb.api.index.KeyRange;
import io.distdb.api.journal.Journal;
import io.distdb.api.provider.StorageResources;
import io.distdb.api.storage.LogPosition;
import io.distdb.api.storage.Store;
import io.distdb.api.storage.WriteBatch;
import io.distdb.api.time.Clock;
import io.distdb.api.time.Scheduler;
import io.distdb.testkit.disk.SimulatedDisk;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.rocksdb.RocksDBException;
import org.rocksdb.Status;

/** What goes wrong has a code, names the thing, and leaves nothing open. */
class RocksErrorsTest {
  private static final IndexId ROWS = new IndexId(1);
  private static final int ROW_COUNT = 5_000;

  private final TemporaryHome home = new TemporaryHome();
  private final long openBefore = Natives.open();

  @AfterEach
  void nothingStaysOpen() {
    home.close();
    assertThat(Natives.open()).isEqualTo(openBefore);
  }

  private static void refused(ErrorCode code, ThrowingCallable call, String... words) {
    assertThatThrownBy(call)
        .isInstanceOfSatisfying(
            DistDbException.class,
            refusal -> {
              assertThat(refusal.code()).isEqualTo(code);
              assertThat(refusal.hint().isPresent() || code == ErrorCode.SHUTTING_DOWN)
                  .as("it says what to do: %s", refusal)
                  .isTrue();
            })
        .hasMessageContainingAll(words);
  }

  private static void fill(Store store) {
    WriteBatch batch = new WriteBatch().at(1).createIndex(ROWS, IndexKind.BTREE);
    for (int i = 0; i < ROW_COUNT; i++) {
      batch.put(ROWS, key(i), Bytes.utf8("value of row " + i + " " + i * 7919L));
    }
    store.apply(new LogPosition(1, 1), batch);
    store.checkpoint();
  }

  private static Bytes key(int number) {
    return Bytes.utf8(String.format("row %08d", number));
  }

  @Test
  void missingLibraryNamesPlatformAndRemedy() {
    refused(
        ErrorCode.CONFIGURATION_ERROR,
        () ->
            NativeLibrary.load(() -> {
              throw new UnsatisfiedLinkError("librocksdbjni.so: cannot open");
            }),
        System.getProperty("os.name"),
        "librocksdbjni.so");
    assertThatThrownBy(() ->
            NativeLibrary.load(() -> {
              throw new NoClassDefFoundError("org/rocksdb/RocksDB");
            }))
        .isInstanceOfSatisfying(
            DistDbException.class,
            refusal -> assertThat(refusal.hint().orElse("")).contains("org.rocksdb:rocksdbjni"));
  }

  @Test
  void directoryOfAnotherEngineIsRefusedAndUntouched() throws IOException {
    Files.createDirectories(home.directory.resolve("shard-0"));
    refused(ErrorCode.INCOMPATIBLE_FORMAT, home::open, home.directory.toString(), "shard-0");
    try (Stream<Path> files = Files.list(home.directory)) {
      assertThat(files).hasSize(1);
    }
  }

  @Test
  void directoryOfSomethingElseIsRefused() throws IOException {
    Files.createDirectories(home.directory);
    Files.writeString(home.directory.resolve("holiday.jpg"), "not ours");
    refused(ErrorCode.INCOMPATIBLE_FORMAT, home::open, "holiday.jpg");
  }

  @Test
  void newerFormatIsRefusedWithBothNamed() {
    home.open().close();
    try (Instance instance =
        Instance.open(home.directory, RocksOptions.ofBudget(RocksOptions.BUDGET_BYTES_MIN))) {
      BatchBuffer buffer = new BatchBuffer();
      buffer.put(Family.RECORDS, Records.FORMAT_KEY, ByteBuffer.allocate(4).putInt(7).array());
      instance.write(buffer);
      instance.flush();
    }
    refused(ErrorCode.INCOMPATIBLE_FORMAT, home::open, "format 7", "format 1");
  }

  @Test
  void directoryInUseIsRefused() {
    try (RocksStorageEngine engine = home.open()) {
      assertThat(engine.shards()).isEmpty();
      refused(ErrorCode.DATABASE_IN_USE, home::open, home.directory.toString());
    }
  }

  @Test
  void withoutADirectoryOfTheFileSystemItCannotBe() {
    RocksStorageProvider provider = new RocksStorageProvider();
    assertThat(provider.name()).isEqualTo("rocksdb");
    refused(
        ErrorCode.CONFIGURATION_ERROR,
        () -> provider.open(resources(Optional.empty())),
        "data directory");
    assertThatThrownBy(() -> provider.open(resources(Optional.of(new SimulatedDisk(1)))))
        .isInstanceOfSatisfying(
            DistDbException.class,
            refusal -> assertThat(refusal.code()).isEqualTo(ErrorCode.FEATURE_NOT_SUPPORTED));
  }

  private static StorageResources resources(Optional<Disk> disk) {
    return new StorageResources(
        disk, 1 << 20, Scheduler.threads(), Clock.system(), Journal.Progress.SILENT);
  }

  /** A bit in the middle of every data file: never served, and the file is named. */
  @Test
  void damagedBlockNamesItsFileAndIsNotServed() throws IOException {
    try (RocksStorageEngine engine = home.open()) {
      fill(engine.store(ShardId.SYSTEM));
    }
    Path file = largestDataFile();
    try (RandomAccessFile damaged = new RandomAccessFile(file.toFile(), "rw")) {
      damaged.seek(1_000);
      int before = damaged.read();
      damaged.seek(1_000);
      damaged.write(before ^ 4);
    }
    try (RocksStorageEngine engine = home.open()) {
      Index index = engine.store(ShardId.SYSTEM).index(ROWS);
      refused(
          ErrorCode.DATA_CORRUPTED,
          () -> {
            for (int i = 0; i < ROW_COUNT; i++) {
              index.get(key(i), Timestamp.LATEST);
            }
          },
          file.getFileName().toString(),
          "offset");
      refused(
          ErrorCode.DATA_CORRUPTED,
          () -> {
            try (IndexCursor all = index.range(KeyRange.ALL, Direction.FORWARD, Timestamp.LATEST)) {
              while (all.next()) {
                assertThat(all.value().toUtf8()).startsWith("value of row ");
              }
            }
          },
          file.getFileName().toString());
    }
  }

  private Path largestDataFile() throws IOException {
    try (Stream<Path> files = Files.list(home.directory)) {
      return files
          .filter(file -> file.toString().endsWith(".sst"))
          .max((one, other) -> Long.compare(one.toFile().length(), other.toFile().length()))
          .orElseThrow();
    }
  }

  @Test
  void closedEngineSaysSo() {
    RocksStorageEngine engine = home.open();
    Store store = engine.store(ShardId.SYSTEM);
    fill(store);
    Index index = store.index(ROWS);
    IndexCursor open = index.range(KeyRange.ALL, Direction.FORWARD, Timestamp.LATEST);
    assertThat(open.next()).isTrue();
    engine.close();
    engine.close();
    for (ThrowingCallable call :
        List.<ThrowingCallable>of(
            () -> index.get(key(1), 1),
            () -> index.newestTimestamp(key(1)),
            () -> index.lookup(key(1), 1),
            open::next,
            store::checkpoint,
            () -> store.side(key(1)),
            () -> store.apply(new LogPosition(1, 2), new WriteBatch()),
            () -> store.collectGarbage(1),
            () -> store.admit(1),
            () -> engine.store(new ShardId(5)),
            engine::memoryBytes)) {
      refused(ErrorCode.SHUTTING_DOWN, call, "closed");
    }
    open.close();
    open.close();
  }

  @Test
  void fullDiskIsItsOwnCode() {
    Status full = new Status(Status.Code.IOError, Status.SubCode.NoSpace, "000012.sst");
    DistDbException refusal =
        RocksErrors.of(new RocksDBException("No space left on device", full), "flushing");
    assertThat(refusal.code()).isEqualTo(ErrorCode.DISK_FULL);
    assertThat(refusal.hint()).isPresent();
  }

  /** RocksDB says "block" in many messages, and "lock" in those alone of a directory in use. */
  @Test
  void otherTroubleIsNotTakenForALock() {
    Status io = new Status(Status.Code.IOError, Status.SubCode.None, "While pread a block");
    DistDbException refusal =
        RocksErrors.of(new RocksDBException("While pread a block: Input/output error", io), "get");
    assertThat(refusal.code()).isEqualTo(ErrorCode.IO_ERROR);
    assertThat(refusal.hint()).isPresent();
    DistDbException readOnly =
        RocksErrors.of(new RocksDBException("/d/000012.sst: Read-only file system", io), "flush");
    assertThat(readOnly.hint().orElse("")).startsWith("Mount the file system for writing");
  }
}
