// SPDX-License-Identifier: MIT
package io.distdb.node.inspect;

import io.distdb.api.Bytes;
import io.distdb.api.index.IndexId;
import io.distdb.api.index.IndexKind;
import io.distdb.api.storage.ExportFormat;
import io.distdb.api.storage.LogPosition;

/** Wants nothing of a content. */
final class IgnoringVisitor implements ExportFormat.Visitor {
  @Override
  public void position(LogPosition position) {}

  @Override
  public void side(Bytes key, Bytes value) {}

  @Override
  public void index(IndexId id, IndexKind kind, ExportFormat.Versions versions) {}
}
