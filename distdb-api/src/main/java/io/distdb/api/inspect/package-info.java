// SPDX-License-Identifier: MIT
/**
 * Words for what a data directory consists of and what is wrong with it. Adapters say what they
 * find in these; nothing here reads anything.
 */
package io.distdb.api.inspect;
