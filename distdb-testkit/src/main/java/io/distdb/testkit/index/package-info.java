// SPDX-License-Identifier: MIT
/**
 * The contract of the Index port as tests: a model, and histories that compare an index with it.
 * Adapters subclass {@link io.distdb.testkit.index.IndexContract}. Nothing here knows an adapter.
 */
package io.distdb.testkit.index;
