CREATE TABLE `draft` (
	`id` text PRIMARY KEY NOT NULL,
	`document_id` text NOT NULL,
	`kind` text NOT NULL,
	`parent_id` text,
	`unit_id` text NOT NULL,
	`title` text NOT NULL,
	`source` text NOT NULL,
	`items_source` text,
	`files` text NOT NULL,
	`hash` text NOT NULL,
	`version` integer NOT NULL,
	`new_edition` integer NOT NULL,
	`base_revision_id` text,
	`state` text NOT NULL,
	`publish_at` text,
	`scheduled_by` text,
	`created_at` text NOT NULL,
	`changed_at` text NOT NULL,
	FOREIGN KEY (`parent_id`) REFERENCES `document`(`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`unit_id`) REFERENCES `unit`(`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`base_revision_id`) REFERENCES `revision`(`id`) ON UPDATE no action ON DELETE no action
);
--> statement-breakpoint
CREATE INDEX `draft_state` ON `draft` (`state`,`changed_at`);--> statement-breakpoint
CREATE INDEX `draft_document` ON `draft` (`document_id`);--> statement-breakpoint
CREATE TABLE `draft_writer` (
	`draft_id` text NOT NULL,
	`person_id` text NOT NULL,
	`first_at` text NOT NULL,
	`last_at` text NOT NULL,
	PRIMARY KEY(`draft_id`, `person_id`),
	FOREIGN KEY (`person_id`) REFERENCES `person`(`id`) ON UPDATE no action ON DELETE no action
);
--> statement-breakpoint
CREATE INDEX `draft_writer_person` ON `draft_writer` (`person_id`);--> statement-breakpoint
CREATE TABLE `reading` (
	`id` text PRIMARY KEY NOT NULL,
	`draft_id` text NOT NULL,
	`reading` text NOT NULL,
	`person_id` text NOT NULL,
	`hash` text NOT NULL,
	`verdict` text NOT NULL,
	`text` text,
	`at` text NOT NULL,
	FOREIGN KEY (`person_id`) REFERENCES `person`(`id`) ON UPDATE no action ON DELETE no action
);
--> statement-breakpoint
CREATE INDEX `reading_draft` ON `reading` (`draft_id`,`at`);--> statement-breakpoint
CREATE TABLE `remark` (
	`id` text PRIMARY KEY NOT NULL,
	`draft_id` text NOT NULL,
	`person_id` text NOT NULL,
	`passage` text NOT NULL,
	`text` text NOT NULL,
	`at` text NOT NULL,
	`settled_at` text,
	`settled_by` text,
	FOREIGN KEY (`person_id`) REFERENCES `person`(`id`) ON UPDATE no action ON DELETE no action
);
--> statement-breakpoint
CREATE INDEX `remark_draft` ON `remark` (`draft_id`,`at`);--> statement-breakpoint
CREATE TABLE `studio_rule` (
	`name` text PRIMARY KEY NOT NULL,
	`value` text NOT NULL,
	`changed_by` text NOT NULL,
	`changed_at` text NOT NULL
);
--> statement-breakpoint
ALTER TABLE `document` ADD `unit_id` text;--> statement-breakpoint
ALTER TABLE `revision` ADD `draft_id` text;--> statement-breakpoint
ALTER TABLE `feedback` ADD `document_id` text;--> statement-breakpoint
ALTER TABLE `feedback` ADD `revision_id` text;--> statement-breakpoint
ALTER TABLE `feedback` ADD `stars` integer;--> statement-breakpoint
ALTER TABLE `feedback` ADD `origin` text DEFAULT 'reader' NOT NULL;--> statement-breakpoint
ALTER TABLE `feedback` ADD `answer` text;--> statement-breakpoint
ALTER TABLE `feedback` ADD `answered_by` text;--> statement-breakpoint
ALTER TABLE `feedback` ADD `answered_at` text;--> statement-breakpoint
ALTER TABLE `feedback` ADD `changed_in` text;--> statement-breakpoint
CREATE INDEX `feedback_document` ON `feedback` (`document_id`,`at`);--> statement-breakpoint
CREATE INDEX `feedback_at` ON `feedback` (`at`);