// SPDX-License-Identifier: GPL-2.0-or-later
/* Names of kernels from a file: what they refer to, and the positions of errors in them. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cmocka.h>

#include "sim/base/xalloc.h"
#include "sim/language/src_name.h"

/* A kernel tree in its own folder, with just what names need. */
struct tree {
	char *root, *file, *makefile;
};

static void write_text(const char *path, const char *text)
{
	FILE *file = fopen(path, "we");

	assert_non_null(file);
	assert_true(fputs(text, file) >= 0);
	assert_int_equal(fclose(file), 0);
}

static struct tree tree_make(const char *makefile)
{
	struct tree tree = { .root = xasprintf("/tmp/lwsim-src-name-XXXXXX") };

	assert_non_null(mkdtemp(tree.root));
	tree.file = xasprintf("%s/net", tree.root);
	assert_int_equal(mkdir(tree.file, 0700), 0);
	free(tree.file);
	tree.file = xasprintf("%s/net/core", tree.root);
	assert_int_equal(mkdir(tree.file, 0700), 0);
	free(tree.file);
	tree.file = xasprintf("%s/net/core/link_watch.c", tree.root);
	write_text(tree.file, "\n");
	tree.makefile = xasprintf("%s/Makefile", tree.root);
	if (makefile)
		write_text(tree.makefile, makefile);
	return tree;
}

static void tree_remove(struct tree *tree)
{
	char *path;

	unlink(tree->file);
	unlink(tree->makefile);
	path = xasprintf("%s/net/core", tree->root);
	rmdir(path);
	free(path);
	path = xasprintf("%s/net", tree->root);
	rmdir(path);
	free(path);
	rmdir(tree->root);
	free(tree->root);
	free(tree->file);
	free(tree->makefile);
}

static void expect_base(const char *text, const char *base)
{
	char name[KERNEL_NAME_MAX_BYTES];
	struct src_name_error error;
	struct src_name src;

	assert_int_equal(src_name_parse(text, &src, &error), 0);
	kernel_name(&src.base, name);
	assert_string_equal(name, base);
	src_name_free(&src);
}

static void expect_wrong(const char *text, size_t off, size_t len, const char *what)
{
	struct src_name_error error;
	struct kernel kernel;

	assert_int_equal(kernel_read(text, strlen(text), &kernel, &error), -1);
	assert_string_equal(error.text, what);
	assert_int_equal(error.off, off);
	assert_int_equal(error.len, len);
	free(error.text);
}

static void src_name_parse__takes_the_base_of_the_tree(void **state)
{
	static const struct {
		const char *makefile, *base;
	} cases[] = {
		{ "VERSION = 6\nPATCHLEVEL = 1\nSUBLEVEL = 192\n", "6.1" },
		{ "# SPDX\nVERSION = 6\nPATCHLEVEL = 7\nEXTRAVERSION = -rc1\n", "6.2" },
		{ "VERSION = 5\nPATCHLEVEL = 10\n", "5.10" }, /* not 5.1 */
		{ "VERSION = 99\nPATCHLEVEL = 0\n", "7.2" },
		{ "VERSION = 3\nPATCHLEVEL = 6\n", "2.6.24" },
	};

	(void)state;
	for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
		struct tree tree = tree_make(cases[i].makefile);
		char *text = xasprintf("src:%s", tree.root);

		expect_base(text, cases[i].base);
		free(text);
		text = xasprintf("src:%s", tree.file); /* the file finds its tree */
		expect_base(text, cases[i].base);
		free(text);
		tree_remove(&tree);
	}
}

static void src_name_parse__finds_file_and_patch(void **state)
{
	struct tree tree = tree_make("VERSION = 6\nPATCHLEVEL = 12\n");
	char *text = xasprintf("src:%s,patch=%s,base=6.1+setlink-event", tree.root, tree.makefile);
	struct src_name_error error;
	struct src_name src;

	(void)state;
	assert_int_equal(src_name_parse(text, &src, &error), 0);
	assert_string_equal(src.tree, tree.root);
	assert_string_equal(src.file, tree.file);
	assert_string_equal(src.patch, tree.makefile);
	src_name_free(&src);
	expect_base(text, "6.1+setlink-event");
	free(text);
	tree_remove(&tree);
}

static void kernel_read__keeps_the_name_of_a_file(void **state)
{
	struct tree tree = tree_make("VERSION = 6\nPATCHLEVEL = 1\n");
	char *text = xasprintf("src:%s", tree.root), *other = xasprintf("src:%s", tree.file);
	char name[KERNEL_NAME_MAX_BYTES];
	struct src_name_error error;
	struct kernel a, b, c;

	(void)state;
	assert_int_equal(kernel_read(text, strlen(text), &a, &error), 0);
	assert_int_equal(kernel_read(other, strlen(other), &b, &error), 0);
	assert_int_equal(kernel_read("6.1", 3, &c, &error), 0);
	assert_null(c.source);
	kernel_name(&a, name);
	assert_string_equal(name, text);
	assert_true(kernel_equal(&a, &a));
	assert_false(kernel_equal(&a, &b)); /* the same file under another name */
	assert_false(kernel_equal(&a, &c));
	free(text);
	free(other);
	tree_remove(&tree);
}

static void kernel_read__says_what_is_wrong_and_where(void **state)
{
	struct tree bare = tree_make(NULL), odd = tree_make("VERSION = 1\nPATCHLEVEL = 0\n");
	char *long_name = xasprintf("src:%0300d", 0), *text;
	size_t root = strlen(bare.root);

	(void)state;
	expect_wrong("src:", 0, 4, "expected a kernel tree or a link_watch.c after src:");
	expect_wrong("src:,base=6.1", 0, 4, "expected a kernel tree or a link_watch.c after src:");
	expect_wrong("src:/nowhere", 4, 8, "there is no file or folder '/nowhere'");
	expect_wrong("src:/", 4, 1, "there is no //net/core/link_watch.c");
	expect_wrong("src:/dev/null,base=6.1", 4, 9, "there is no file or folder '/dev/null'");
	expect_wrong(
		long_name, 0, 304,
		"kernel name of more than 255 bytes, expected a shorter one: a symbolic link to the path");
	text = xasprintf("src:%s", bare.file);
	expect_wrong(text, 4, strlen(bare.file),
		     "the file is in no kernel tree, expected base=KERNEL after it: the kernel "
		     "for everything else");
	free(text);
	text = xasprintf("src:%s", odd.root);
	expect_wrong(text, 4, root,
		     "lwsim does not know the version in the tree's Makefile, expected base=KERNEL "
		     "after it: the kernel for everything else");
	free(text);
	text = xasprintf("src:%s,base=6.1+foo", odd.root);
	expect_wrong(text, root + 14, 3,
		     "unknown 'foo' in base=, expected a kernel or change from `lwsim kernels`");
	free(text);
	text = xasprintf("src:%s,base=6.1+urgent-event", odd.root);
	expect_wrong(text, root + 10, 16,
		     "urgent-event is decided by link_watch.c, expected a base without it");
	free(text);
	text = xasprintf("src:%s,base=", odd.root);
	expect_wrong(text, root + 5, 5,
		     "found 'base=', expected base=KERNEL or patch=DIFF, each once");
	free(text);
	text = xasprintf("src:%s,base=6.1,patch=/nowhere", odd.root);
	expect_wrong(text, root + 20, 8, "there is no file '/nowhere'");
	free(text);
	expect_wrong("6.0", 0, 3, "no kernel '6.0', the nearest are 5.15 and 6.1");
	expect_wrong("6.1+foo", 4, 3,
		     "unknown change 'foo', expected one of urgent-event, setlink-event, "
		     "iflink-op-urgent, limit-5ms, open-syncs");
	free(long_name);
	tree_remove(&bare);
	tree_remove(&odd);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(src_name_parse__takes_the_base_of_the_tree),
		cmocka_unit_test(src_name_parse__finds_file_and_patch),
		cmocka_unit_test(kernel_read__keeps_the_name_of_a_file),
		cmocka_unit_test(kernel_read__says_what_is_wrong_and_where),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
