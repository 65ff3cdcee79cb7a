CREATE TABLE `closed_hours` (
	`year` integer NOT NULL,
	`person_id` text NOT NULL,
	`meter` text NOT NULL,
	`hours` real NOT NULL,
	`minutes` integer NOT NULL,
	PRIMARY KEY(`year`, `person_id`, `meter`)
);
--> statement-breakpoint
CREATE TABLE `closed_year` (
	`year` integer PRIMARY KEY NOT NULL,
	`closed_at` text NOT NULL,
	`closed_by` text NOT NULL,
	`last_seq` integer NOT NULL,
	`root` text NOT NULL
);
--> statement-breakpoint
CREATE TABLE `hours_batch` (
	`id` text PRIMARY KEY NOT NULL,
	`file_name` text NOT NULL,
	`entered_by` text NOT NULL,
	`entered_at` text NOT NULL,
	`approved_by` text,
	`approved_at` text,
	`undone_by` text,
	`undone_at` text,
	`reason` text
);
--> statement-breakpoint
CREATE INDEX `hours_batch_entered` ON `hours_batch` (`entered_at`);--> statement-breakpoint
CREATE TABLE `hours_row` (
	`batch_id` text NOT NULL,
	`line` integer NOT NULL,
	`person_id` text NOT NULL,
	`body` text NOT NULL,
	`event_id` text,
	PRIMARY KEY(`batch_id`, `line`)
);
--> statement-breakpoint
CREATE INDEX `hours_row_person` ON `hours_row` (`person_id`);--> statement-breakpoint
PRAGMA foreign_keys=OFF;--> statement-breakpoint
CREATE TABLE `__new_credit` (
	`event_id` text NOT NULL,
	`person_id` text NOT NULL,
	`meter` text NOT NULL,
	`period` integer NOT NULL,
	`on` text NOT NULL,
	`subject` text NOT NULL,
	`title` text NOT NULL,
	`course_id` text,
	`edition` integer,
	`minutes` integer NOT NULL,
	`hours` real NOT NULL,
	`points` real,
	`nature` text,
	`activity` text,
	`rule` text NOT NULL,
	`reason` text NOT NULL,
	PRIMARY KEY(`person_id`, `event_id`, `subject`)
);
--> statement-breakpoint
INSERT INTO `__new_credit`("event_id", "person_id", "meter", "period", "on", "subject", "title", "course_id", "edition", "minutes", "hours", "points", "nature", "activity", "rule", "reason") SELECT "event_id", "person_id", "meter", "period", "on", "subject", "title", "course_id", "edition", "minutes", "hours", NULL, NULL, NULL, "rule", "reason" FROM `credit`;--> statement-breakpoint
DROP TABLE `credit`;--> statement-breakpoint
ALTER TABLE `__new_credit` RENAME TO `credit`;--> statement-breakpoint
PRAGMA foreign_keys=ON;--> statement-breakpoint
CREATE UNIQUE INDEX `credit_once` ON `credit` (`person_id`,`subject`,`edition`,`period`);--> statement-breakpoint
CREATE INDEX `credit_period` ON `credit` (`person_id`,`period`);--> statement-breakpoint
ALTER TABLE `dispute` ADD `outcome` text;--> statement-breakpoint
ALTER TABLE `dispute` ADD `event_id` text;--> statement-breakpoint
CREATE INDEX `dispute_person` ON `dispute` (`person_id`);--> statement-breakpoint
CREATE INDEX `dispute_open` ON `dispute` (`answered_at`);--> statement-breakpoint
ALTER TABLE `progress` ADD `silent_seconds` real DEFAULT 0 NOT NULL;--> statement-breakpoint
ALTER TABLE `segment` ADD `silent_seconds` real DEFAULT 0 NOT NULL;--> statement-breakpoint
ALTER TABLE `segment` ADD `device` text;