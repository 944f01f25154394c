// SPDX-License-Identifier: MIT
package io.distdb.node.config;

import java.util.List;

/**
 * Something that is wrong with a configuration.
 *
 * @param keys the key that has to change, then those that it does not go with
 * @param value of the first key
 * @param what is wrong, or accepted
 */
record ConfigProblem(List<String> keys, String value, String what) {
  ConfigProblem {
    keys = List.copyOf(keys);
  }

  String key() {
    return keys.getFirst();
  }
}
