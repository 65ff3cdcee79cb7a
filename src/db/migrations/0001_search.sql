CREATE TABLE `search_document` (
	`number` integer PRIMARY KEY AUTOINCREMENT NOT NULL,
	`id` text NOT NULL,
	`kind` text NOT NULL,
	`address` text NOT NULL,
	`title` text NOT NULL,
	`summary` text NOT NULL,
	`path` text NOT NULL,
	`course_slug` text,
	`course_title` text,
	`indicators` text NOT NULL,
	`version` integer NOT NULL
);
--> statement-breakpoint
CREATE UNIQUE INDEX `search_document_id_unique` ON `search_document` (`id`);--> statement-breakpoint
CREATE TABLE `search_section` (
	`document` integer NOT NULL,
	`position` integer NOT NULL,
	`anchor` text NOT NULL,
	`title` text NOT NULL,
	`text` text NOT NULL,
	PRIMARY KEY(`document`, `position`),
	FOREIGN KEY (`document`) REFERENCES `search_document`(`number`) ON UPDATE no action ON DELETE cascade
);
--> statement-breakpoint
CREATE VIRTUAL TABLE `search_index` USING fts5(`title`, `letter`, `sound`, `heading`, `lead`, `body`, content='', contentless_delete=1, tokenize='ascii');--> statement-breakpoint
CREATE VIRTUAL TABLE `search_vocabulary` USING fts5vocab(`search_index`, 'row');
