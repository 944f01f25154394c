// SPDX-License-Identifier: MIT
package io.distdb.api.storage;

import static org.assertj.core.api.Assertions.assertThat;

import io.distdb.api.Bytes;
import io.distdb.api.index.EntryRun;
import io.distdb.api.index.IndexId;
import io.distdb.api.index.IndexKind;
import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

class WriteBatchTest {
  @Property
  void decodingGivesBackWhatWasEncoded(
      @ForAll("operations") List<WriteBatch.Operation> operations, @ForAll long timestamp) {
    WriteBatch batch = new WriteBatch().at(timestamp);
    operations.forEach(operation -> add(batch, operation));
    ByteBuffer buffer = ByteBuffer.allocate(batch.encodedSize());
    batch.encode(buffer);
    assertThat(buffer.hasRemaining()).isFalse();
    WriteBatch decoded = WriteBatch.decode(buffer.flip());
    assertThat(decoded.timestamp()).isEqualTo(timestamp);
    assertThat(decoded.operations()).isEqualTo(operations);
  }

  @Property
  void batchOverGivenOperationsIsTheBatchOfThem(
      @ForAll("operations") List<WriteBatch.Operation> operations,
      @ForAll("operations") List<WriteBatch.Operation> more) {
    int bytes = operations.stream().mapToInt(WriteBatch::encodedBytes).sum();
    List<WriteBatch.Operation> given = List.copyOf(operations);
    WriteBatch batch = WriteBatch.over(given, bytes).at(7);
    assertThat(batch.operations()).isSameAs(given);
    more.forEach(operation -> add(batch, operation));
    assertThat(given).isEqualTo(operations);
    ByteBuffer encoded = ByteBuffer.allocate(batch.encodedSize());
    batch.encode(encoded);
    assertThat(encoded.hasRemaining()).isFalse();
    List<WriteBatch.Operation> all = new ArrayList<>(operations);
    all.addAll(more);
    assertThat(WriteBatch.decode(encoded.flip()).operations()).isEqualTo(all);
  }

  @Property
  void aRunIsEncodedAsSoManyPuts(
      @ForAll("operations") List<WriteBatch.Operation> before, @ForAll List<byte[]> keys) {
    IndexId index = new IndexId(300);
    EntryRun run = new EntryRun();
    WriteBatch batch = new WriteBatch().at(9);
    before.forEach(operation -> add(batch, operation));
    List<WriteBatch.Operation> expected = new ArrayList<>(before);
    for (byte[] key : keys) {
      run.add(key, new byte[] {7});
      expected.add(new WriteBatch.Put(index, Bytes.wrap(key), Bytes.of(7)));
    }
    batch.putAll(index, run);
    ByteBuffer encoded = ByteBuffer.allocate(batch.encodedSize());
    batch.encode(encoded);
    assertThat(encoded.hasRemaining()).isFalse();
    assertThat(WriteBatch.decode(encoded.flip()).operations()).isEqualTo(expected);
  }

  @Property
  void hostileBytesGiveAnErrorAndNothingWorse(@ForAll byte[] bytes) {
    try {
      WriteBatch decoded = WriteBatch.decode(ByteBuffer.wrap(bytes));
      assertThat(decoded.encodedSize()).isLessThanOrEqualTo(bytes.length);
    } catch (IllegalArgumentException | BufferUnderflowException expected) {
      assertThat(expected).isNotNull();
    }
  }

  @Provide
  Arbitrary<List<WriteBatch.Operation>> operations() {
    Arbitrary<IndexId> ids = Arbitraries.longs().greaterOrEqual(0).map(IndexId::new);
    Arbitrary<Bytes> bytes = Arbitraries.bytes().array(byte[].class).ofMaxSize(40).map(Bytes::wrap);
    Arbitrary<WriteBatch.Operation> operation =
        Arbitraries.oneOf(
            Combinators.combine(ids, bytes, bytes).as(WriteBatch.Put::new),
            Combinators.combine(ids, bytes).as(WriteBatch.Delete::new),
            Combinators.combine(ids, Arbitraries.of(IndexKind.class))
                .as(WriteBatch.CreateIndex::new),
            ids.map(WriteBatch.DropIndex::new),
            Combinators.combine(bytes, bytes).as(WriteBatch.PutSide::new),
            bytes.map(WriteBatch.DeleteSide::new));
    return operation.list().ofMaxSize(20);
  }

  private static void add(WriteBatch batch, WriteBatch.Operation operation) {
    switch (operation) {
      case WriteBatch.Put put -> batch.put(put.index(), put.key(), put.value());
      case WriteBatch.PutAll all -> batch.putAll(all.index(), all.run());
      case WriteBatch.Delete delete -> batch.delete(delete.index(), delete.key());
      case WriteBatch.CreateIndex create -> batch.createIndex(create.index(), create.kind());
      case WriteBatch.DropIndex drop -> batch.dropIndex(drop.index());
      case WriteBatch.PutSide put -> batch.putSide(put.key(), put.value());
      case WriteBatch.DeleteSide delete -> batch.deleteSide(delete.key());
    }
  }
}
