// SPDX-License-Identifier: MIT
/** What pages under docs promise, run. */
package io.distdb.testcluster.page;
