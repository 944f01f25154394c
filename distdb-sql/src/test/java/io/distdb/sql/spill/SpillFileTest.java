// SPDX-License-Identifier: MIT
package io.distdb.sql.spill;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.distdb.api.error.DistDbException;
import io.distdb.api.error.ErrorCode;
import io.distdb.api.type.SqlType;
import io.distdb.api.type.Value;
import io.distdb.sql.codec.SqlValues;
import io.distdb.sql.vector.Vector;
import io.distdb.testkit.disk.SimulatedDisk;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.api.Test;

/** Rows come back from temporary files as they were, or not at all. */
class SpillFileTest {
  private static final int BLOCK_BYTES = 4 << 10;

  private final SimulatedDisk disk = new SimulatedDisk(1);
  private final SpillSpace space = SpillSpace.open(disk, SpillSpace.UNLIMITED);
  private final SpillScope scope = new SpillScope(space);

  /** A column and its values. */
  record Column(SqlType type, List<Value> values) {
    Vector vector() {
      Vector vector = new Vector(type, Math.max(1, values.size()));
      for (int i = 0; i < values.size(); i++) {
        vector.set(i, values.get(i));
      }
      return vector;
    }
  }

  @Provide
  Arbitrary<List<Column>> tables() {
    Arbitrary<Integer> rows = Arbitraries.of(0, 1, 2, 7, 63, 64, 65, 300);
    return Combinators.combine(rows, SqlValues.allTypes().list().ofMaxSize(5))
        .as((count, types) -> types.stream().map(type -> column(type, count)).toList())
        .flatMap(columns -> Combinators.combine(columns).as(List::copyOf));
  }

  private static Arbitrary<Column> column(SqlType type, int rows) {
    return SqlValues.of(type)
        .injectNull(0.1)
        .map(value -> value == null ? Value.NULL : value)
        .list()
        .ofSize(rows)
        .map(values -> new Column(type, values));
  }

  private static Vector[] vectors(List<Column> columns) {
    return columns.stream().map(Column::vector).toArray(Vector[]::new);
  }

  private static List<String> texts(Vector[] columns, int from, int rows) {
    List<String> texts = new ArrayList<>();
    for (int row = from; row < rows; row++) {
      List<Value> values = new ArrayList<>();
      for (Vector column : columns) {
        values.add(column.get(row));
      }
      texts.add(values.toString());
    }
    return texts;
  }

  private static List<String> read(SpillReader reader, Vector[] likes, int skipped) {
    Vector[] target = new Vector[likes.length];
    for (int i = 0; i < target.length; i++) {
      target[i] = new Vector(likes[i].type, 1);
    }
    List<String> texts = new ArrayList<>();
    int from = skipped;
    for (int rows = reader.next(target); rows > 0; rows = reader.next(target)) {
      texts.addAll(texts(target, from, rows));
      from = 0;
    }
    return texts;
  }

  /** Appended row by row, or many at once, in order or backward. */
  @Property(tries = 300)
  void rowsComeBackAsTheyWere(@ForAll("tables") List<Column> columns, @ForAll int seed) {
    Vector[] vectors = vectors(columns);
    int rows = columns.isEmpty() ? 5 : columns.getFirst().values().size();
    List<String> expected = texts(vectors, 0, rows);
    int[] backward = new int[rows];
    for (int i = 0; i < rows; i++) {
      backward[i] = rows - 1 - i;
    }
    SpillFile file = scope.newFile(columns.stream().map(Column::type).toList(), BLOCK_BYTES);
    for (int row = 0; row < rows; row++) {
      file.append(vectors, row);
    }
    file.append(vectors, null, 0, rows);
    file.append(vectors, backward, 0, rows);
    List<String> all = new ArrayList<>(expected);
    all.addAll(expected);
    all.addAll(expected.reversed());
    assertThat(read(file.reader(), vectors, 0)).isEqualTo(all);
    assertThat(file.rows()).isEqualTo(all.size());
    SpillReader within = file.reader();
    int from = all.isEmpty() ? 0 : Math.floorMod(seed, all.size());
    assertThat(read(within, vectors, within.seek(from))).isEqualTo(all.subList(from, all.size()));
    file.close();
    assertThat(disk.list("")).isEmpty();
    assertThat(space.usedBytes()).isZero();
  }

  private SpillFile numbers(SpillScope in, int rows) {
    SpillFile file = in.newFile(List.of(SqlType.BIGINT, SqlType.TEXT), BLOCK_BYTES);
    Vector number = new Vector(SqlType.BIGINT, rows);
    Vector text = new Vector(SqlType.TEXT, rows);
    for (int row = 0; row < rows; row++) {
      number.longs[row] = row;
      text.texts[row] = row % 3 == 0 ? "number " + row : row + "\u20ac\ud800";
    }
    file.append(new Vector[] {number, text}, null, 0, rows);
    return file;
  }

  private static List<Vector> target() {
    return List.of(new Vector(SqlType.BIGINT, 1), new Vector(SqlType.TEXT, 1));
  }

  @Test
  void textsOfLoneSurrogatesComeBack() {
    SpillFile file = numbers(scope, 2);
    Vector[] target = target().toArray(Vector[]::new);
    assertThat(file.reader().next(target)).isEqualTo(2);
    assertThat(target[1].texts[1]).isEqualTo("1\u20ac\ud800");
  }

  @Test
  void readersSeeWhatIsAppendedLater() {
    SpillFile file = scope.newFile(List.of(SqlType.BIGINT), BLOCK_BYTES);
    SpillReader reader = file.reader();
    Vector[] row = {new Vector(SqlType.BIGINT, 1)};
    Vector[] target = {new Vector(SqlType.BIGINT, 1)};
    assertThat(reader.next(target)).isZero();
    row[0].longs[0] = 7;
    file.append(row, 0);
    assertThat(reader.next(target)).isEqualTo(1);
    assertThat(target[0].longs[0]).isEqualTo(7);
    assertThat(reader.next(target)).isZero();
  }

  /** Every bit of a file of several blocks. */
  @Test
  void flippedBitIsFoundEverywhere() {
    SpillFile file = numbers(scope, 200);
    String name = disk.list("").getFirst();
    long bits = file.diskBytes() * 8;
    for (long bit = 0; bit < bits; bit++) {
      disk.flipBit(name, bit);
      DistDbException error = catchThrowableOfType(DistDbException.class, () -> readAll(file));
      assertThat(error).as("bit %d", bit).isNotNull();
      assertThat(error.code()).isEqualTo(ErrorCode.DATA_CORRUPTED);
      assertThat(error.getMessage()).contains(name);
      disk.flipBit(name, bit);
    }
    assertThat(readAll(file)).isEqualTo(200);
  }

  private static long readAll(SpillFile file) {
    Vector[] target = target().toArray(Vector[]::new);
    SpillReader reader = file.reader();
    long rows = 0;
    for (int read = reader.next(target); read > 0; read = reader.next(target)) {
      rows += read;
    }
    return rows;
  }

  @Test
  void blockOfAnotherPlaceIsNotTaken() {
    SpillFile file = numbers(scope, 400);
    String name = disk.list("").getFirst();
    Vector[] target = target().toArray(Vector[]::new);
    file.reader().next(target);
    int second = (int) diskBytesOfFirstBlock(file);
    ByteBuffer block = ByteBuffer.allocate(second);
    try (var opened = disk.open(name)) {
      opened.read(0, block);
      opened.write(second, block.flip());
    }
    DistDbException error = catchThrowableOfType(DistDbException.class, () -> readAll(file));
    assertThat(error.code()).isEqualTo(ErrorCode.DATA_CORRUPTED);
    assertThat(error.getMessage()).contains("block 1");
  }

  private long diskBytesOfFirstBlock(SpillFile whole) {
    Vector[] target = target().toArray(Vector[]::new);
    int rows = whole.reader().next(target);
    SpillFile first = scope.newFile(List.of(SqlType.BIGINT, SqlType.TEXT), BLOCK_BYTES);
    first.append(target, null, 0, rows);
    long bytes = first.diskBytes();
    first.close();
    return bytes;
  }

  @Test
  void endOfTheStatementDeletesWhatItsOperatorsLeft() {
    numbers(scope, 300);
    SpillFile other = numbers(scope, 300);
    assertThat(disk.list("")).hasSize(2);
    assertThat(space.usedBytes()).isEqualTo(2 * other.diskBytes());
    assertThat(scope.writtenBytes()).isEqualTo(2 * other.diskBytes());
    scope.close();
    assertThat(disk.list("")).isEmpty();
    assertThat(space.usedBytes()).isZero();
    assertThat(readAll(numbers(scope, 300))).isEqualTo(300);
  }

  @Test
  void whatAKilledProcessLeftIsGoneWhenTheSpaceIsOpened() {
    numbers(scope, 300);
    SimulatedDisk after = disk.kill();
    assertThat(after.list("")).hasSize(1);
    SpillSpace.open(after, SpillSpace.UNLIMITED);
    assertThat(after.list("")).isEmpty();
  }

  @Test
  void limitHoldsForAllFilesTogether() {
    long bytes = numbers(scope, 300).diskBytes();
    scope.close();
    SpillSpace small = SpillSpace.open(disk, bytes * 5 / 2);
    List<SpillScope> statements = List.of(new SpillScope(small), new SpillScope(small));
    statements.forEach(statement -> numbers(statement, 300));
    DistDbException error =
        catchThrowableOfType(DistDbException.class, () -> numbers(statements.get(1), 300));
    assertThat(error.code().sqlState()).isEqualTo("53400");
    statements.get(1).close();
    assertThat(small.usedBytes()).isEqualTo(bytes);
    assertThat(readAll(numbers(statements.get(1), 300))).isEqualTo(300);
  }

  @Test
  void fullDiskEndsTheStatementAndGivesBackTheRoom() {
    disk.faults().capacityBytes(8 << 10);
    DistDbException error =
        catchThrowableOfType(DistDbException.class, () -> numbers(scope, 20_000));
    assertThat(error.code()).isEqualTo(ErrorCode.DISK_FULL);
    scope.close();
    assertThat(disk.list("")).isEmpty();
    assertThat(space.usedBytes()).isZero();
    assertThat(readAll(numbers(scope, 100))).isEqualTo(100);
  }

  @Test
  void equalRowsMeetInOnePartitionAtEveryLevel() {
    for (int level = 0; level <= SpillPartitions.LEVEL_MAX; level++) {
      int[] counts = new int[SpillPartitions.COUNT];
      for (int hash = 0; hash < 16_000; hash++) {
        counts[SpillPartitions.partition(hash * 0x9e3779b1, level)]++;
      }
      assertThat(counts).as("level %d", level).doesNotContain(0);
      List<Integer> sorted = new ArrayList<>();
      for (int count : counts) {
        sorted.add(count);
      }
      assertThat(Collections.max(sorted)).as("level %d", level).isLessThan(2_000);
    }
  }
}
