// SPDX-License-Identifier: MIT
package io.distdb.sql.session;

import io.distdb.api.error.DistDbException;
import io.distdb.api.error.ErrorCode;
import io.distdb.sql.access.Privilege;
import io.distdb.sql.analyze.NameResolver;
import io.distdb.sql.analyze.SequenceNames;
import io.distdb.sql.ast.TableName;
import io.distdb.sql.catalog.CatalogView;
import io.distdb.sql.catalog.Sequence;
import io.distdb.sql.catalog.SequencePosition;
import io.distdb.sql.function.SequenceValues;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** The sequences as one session knows them. Used by its thread. */
final class SessionSequences implements SequenceValues {
  private final SequenceBlocks blocks;

  /** What nextval answered, by sequence. */
  private final Map<Long, Long> current = new HashMap<>();

  private Long last;
  private StatementRun run;

  /** Sequences by name in one view. */
  private final Map<String, Sequence> found = new HashMap<>();

  private CatalogView foundIn;
  private List<String> foundOn = List.of();

  SessionSequences(SequenceBlocks blocks) {
    this.blocks = blocks;
  }

  /** A statement begins, which names mean what they mean to. */
  void within(StatementRun begun) {
    run = begun;
  }

  /** No statement is under way. */
  void letGo() {
    run = null;
  }

  /** What was answered before counts no more. */
  void forget() {
    if (!current.isEmpty()) {
      current.clear();
    }
    last = null;
  }

  @Override
  public long next(String name) {
    refuseReadOnly("nextval");
    Sequence sequence = require(name);
    boolean ofIdentity = sequence.owner().filter(Sequence.Owner::internal).isPresent();
    if (!ofIdentity) {
      run.requireSequence(sequence, Privilege.USAGE.bit() | Privilege.UPDATE.bit());
    }
    long value = blocks.next(sequence);
    current.put(sequence.id(), value);
    last = value;
    return value;
  }

  private void refuseReadOnly(String function) {
    if (run.transaction().readOnly()) {
      throw new DistDbException(
          ErrorCode.READ_ONLY_TRANSACTION,
          "cannot execute " + function + "() in a read-only transaction");
    }
  }

  @Override
  public long current(String name) {
    Sequence sequence = require(name);
    run.requireSequence(sequence, Privilege.USAGE.bit() | Privilege.SELECT.bit());
    Long value = current.get(sequence.id());
    if (value == null) {
      throw new DistDbException(
          ErrorCode.OBJECT_NOT_IN_PREREQUISITE_STATE,
          "currval of sequence \"" + sequence.name() + "\" is not yet defined in this session");
    }
    return value;
  }

  @Override
  public long last() {
    if (last == null) {
      throw new DistDbException(
          ErrorCode.OBJECT_NOT_IN_PREREQUISITE_STATE, "lastval is not yet defined in this session");
    }
    return last;
  }

  @Override
  public long newest(String name) {
    Sequence sequence = require(name);
    SequencePosition position = blocks.position(sequence);
    return position.exhausted() || position.next() == sequence.first()
        ? position.next()
        : position.next() - sequence.increment();
  }

  @Override
  public boolean isCalled(String name) {
    Sequence sequence = require(name);
    SequencePosition position = blocks.position(sequence);
    return position.exhausted() || position.next() != sequence.first();
  }

  @Override
  public void set(String name, long value, boolean called) {
    refuseReadOnly("setval");
    Sequence sequence = require(name);
    run.requireSequence(sequence, Privilege.UPDATE.bit());
    blocks.set(sequence, value, called);
    if (called) {
      current.put(sequence.id(), value);
    }
  }

  private Sequence require(String name) {
    CatalogView view = run.view();
    if (view != foundIn || !run.searchPath().equals(foundOn)) {
      found.clear();
      foundIn = view;
      foundOn = run.searchPath();
    }
    Sequence known = found.get(name);
    if (known == null) {
      known = resolve(name, view);
      found.put(name, known);
    }
    return known;
  }

  private Sequence resolve(String text, CatalogView view) {
    TableName name = SequenceNames.parse(text);
    NameResolver names = new NameResolver(view, run.searchPath());
    return names
        .sequence(name)
        .orElseThrow(() -> {
          boolean other =
              names.table(name).isPresent()
                  || names.view(name).isPresent()
                  || names.index(name).isPresent();
          return other
              ? new DistDbException(
                  ErrorCode.WRONG_OBJECT_TYPE, "\"" + name.name() + "\" is not a sequence")
              : new DistDbException(
                  ErrorCode.UNDEFINED_TABLE, "relation \"" + name + "\" does not exist");
        });
  }
}
