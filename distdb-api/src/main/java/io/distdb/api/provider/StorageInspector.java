// SPDX-License-Identifier: MIT
package io.distdb.api.provider;

import io.distdb.api.inspect.ContentReport;
import io.distdb.api.inspect.ContentSource;
import io.distdb.api.inspect.Damage;
import io.distdb.api.inspect.FileGroup;
import java.util.List;
import java.util.function.Consumer;

/**
 * Looks at what an engine left on a disk, without opening it as an engine and without changing
 * anything; while another process has it open, too. What that one is about to replace may then look
 * damaged, or vanish.
 */
public interface StorageInspector extends AutoCloseable {
  /** Files by what they are for, if the engine has such groups. */
  List<FileGroup> groups();

  /** Every content that is there, of each shard the newest first. */
  List<ContentSource> contents();

  /**
   * The engine's own books on a content, without reading it; empty lists where it has none.
   *
   * @return as {@link ContentReport}, indexes with {@code exact} false
   */
  ContentReport books(ContentSource content);

  /**
   * Checks every checksum of every file that {@link ContentSource#read} may not touch.
   *
   * @param damages hears of each damaged place
   */
  void verify(Consumer<Damage> damages);

  @Override
  void close();
}
