// SPDX-License-Identifier: MIT
package io.distdb.sql.execute;

/** Walks over the rows of an operator's batches. */
final class BatchRows implements RowSource {
  private final Operator operator;
  private Batch batch;
  private int ordinal;
  private int position;

  BatchRows(Operator operator) {
    this.operator = operator;
  }

  @Override
  public boolean next() {
    ordinal++;
    if (batch == null || ordinal >= batch.count) {
      batch = operator.next();
      ordinal = 0;
      if (batch == null) {
        return false;
      }
    }
    position = batch.position(ordinal);
    return true;
  }

  @Override
  public boolean isNull(int column) {
    return batch.columns[column].nulls[position];
  }

  @Override
  public long getLong(int column) {
    return batch.columns[column].longs[position];
  }

  @Override
  public double getDouble(int column) {
    return batch.columns[column].doubles[position];
  }

  @Override
  public String getText(int column) {
    return batch.columns[column].texts[position];
  }

  @Override
  public Object getObject(int column) {
    return batch.columns[column].objects[position];
  }

  @Override
  public void close() {
    operator.close();
  }
}
