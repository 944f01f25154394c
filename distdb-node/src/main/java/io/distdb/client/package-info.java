// SPDX-License-Identifier: MIT
/**
 * DistDB as a library: {@link io.distdb.client.Client} opens a database in this JVM, and everything
 * else here is what it hands out. No SQL is understood here, and nothing here knows how the parts
 * of a database are put together.
 */
package io.distdb.client;
