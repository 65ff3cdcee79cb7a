CREATE TABLE `document` (
	`id` text PRIMARY KEY NOT NULL,
	`kind` text NOT NULL,
	`slug` text NOT NULL,
	`parent_id` text,
	`position` integer NOT NULL,
	`published_revision_id` text,
	`withdrawn_at` text,
	`withdrawn_reason` text,
	`file` text,
	`imported_hash` text,
	`conflict_hash` text,
	`missing_since` text
);
--> statement-breakpoint
CREATE INDEX `document_slug` ON `document` (`slug`);--> statement-breakpoint
CREATE INDEX `document_parent` ON `document` (`parent_id`);--> statement-breakpoint
CREATE TABLE `item` (
	`id` text NOT NULL,
	`revision` integer NOT NULL,
	`hash` text NOT NULL,
	`lesson_id` text,
	`indicator` text NOT NULL,
	`body` text NOT NULL,
	`created_at` text NOT NULL,
	PRIMARY KEY(`id`, `revision`)
);
--> statement-breakpoint
CREATE INDEX `item_lesson` ON `item` (`lesson_id`);--> statement-breakpoint
CREATE TABLE `media` (
	`hash` text PRIMARY KEY NOT NULL,
	`extension` text NOT NULL,
	`bytes` integer NOT NULL,
	`created_at` text NOT NULL
);
--> statement-breakpoint
CREATE TABLE `revision` (
	`id` text PRIMARY KEY NOT NULL,
	`document_id` text NOT NULL,
	`number` integer NOT NULL,
	`edition` integer NOT NULL,
	`origin` text NOT NULL,
	`hash` text NOT NULL,
	`source` text NOT NULL,
	`items_source` text,
	`files` text NOT NULL,
	`meta` text NOT NULL,
	`tree` text NOT NULL,
	`sections` text NOT NULL,
	`minutes` integer NOT NULL,
	`author` text NOT NULL,
	`reviewer` text,
	`created_at` text NOT NULL,
	FOREIGN KEY (`document_id`) REFERENCES `document`(`id`) ON UPDATE no action ON DELETE no action
);
--> statement-breakpoint
CREATE INDEX `revision_document` ON `revision` (`document_id`,`number`);--> statement-breakpoint
CREATE TABLE `revision_item` (
	`revision_id` text NOT NULL,
	`item_id` text NOT NULL,
	`item_revision` integer NOT NULL,
	`position` integer NOT NULL,
	PRIMARY KEY(`revision_id`, `item_id`),
	FOREIGN KEY (`revision_id`) REFERENCES `revision`(`id`) ON UPDATE no action ON DELETE no action
);
--> statement-breakpoint
CREATE TABLE `account` (
	`id` text PRIMARY KEY NOT NULL,
	`account_id` text NOT NULL,
	`provider_id` text NOT NULL,
	`user_id` text NOT NULL,
	`access_token` text,
	`refresh_token` text,
	`id_token` text,
	`access_token_expires_at` integer,
	`refresh_token_expires_at` integer,
	`scope` text,
	`password` text,
	`created_at` integer NOT NULL,
	`updated_at` integer NOT NULL,
	FOREIGN KEY (`user_id`) REFERENCES `login`(`id`) ON UPDATE no action ON DELETE cascade
);
--> statement-breakpoint
CREATE INDEX `account_user` ON `account` (`user_id`);--> statement-breakpoint
CREATE TABLE `assignment` (
	`id` text PRIMARY KEY NOT NULL,
	`person_id` text NOT NULL,
	`unit_id` text NOT NULL,
	`post` text NOT NULL,
	`from_on` text NOT NULL,
	`to_on` text,
	`main` integer NOT NULL,
	FOREIGN KEY (`person_id`) REFERENCES `person`(`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`unit_id`) REFERENCES `unit`(`id`) ON UPDATE no action ON DELETE no action
);
--> statement-breakpoint
CREATE INDEX `assignment_person` ON `assignment` (`person_id`);--> statement-breakpoint
CREATE INDEX `assignment_unit` ON `assignment` (`unit_id`);--> statement-breakpoint
CREATE TABLE `audit` (
	`id` text PRIMARY KEY NOT NULL,
	`actor_id` text NOT NULL,
	`act` text NOT NULL,
	`target` text NOT NULL,
	`detail` text NOT NULL,
	`at` text NOT NULL
);
--> statement-breakpoint
CREATE TABLE `feedback` (
	`id` text PRIMARY KEY NOT NULL,
	`person_id` text,
	`page` text NOT NULL,
	`text` text NOT NULL,
	`at` text NOT NULL
);
--> statement-breakpoint
CREATE TABLE `grant` (
	`person_id` text NOT NULL,
	`role` text NOT NULL,
	`unit_id` text NOT NULL,
	`granted_by` text NOT NULL,
	`granted_at` text NOT NULL,
	PRIMARY KEY(`person_id`, `role`, `unit_id`),
	FOREIGN KEY (`person_id`) REFERENCES `person`(`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`unit_id`) REFERENCES `unit`(`id`) ON UPDATE no action ON DELETE no action
);
--> statement-breakpoint
CREATE TABLE `limit` (
	`key` text PRIMARY KEY NOT NULL,
	`count` integer NOT NULL,
	`since` integer NOT NULL
);
--> statement-breakpoint
CREATE TABLE `login` (
	`id` text PRIMARY KEY NOT NULL,
	`name` text NOT NULL,
	`email` text NOT NULL,
	`email_verified` integer NOT NULL,
	`image` text,
	`created_at` integer NOT NULL,
	`updated_at` integer NOT NULL,
	`username` text,
	`display_username` text,
	`two_factor_enabled` integer
);
--> statement-breakpoint
CREATE UNIQUE INDEX `login_email_unique` ON `login` (`email`);--> statement-breakpoint
CREATE UNIQUE INDEX `login_username_unique` ON `login` (`username`);--> statement-breakpoint
CREATE TABLE `person` (
	`id` text PRIMARY KEY NOT NULL,
	`number` text NOT NULL,
	`name` text NOT NULL,
	`created_at` text NOT NULL,
	`closed_at` text,
	`notice_version` text,
	`notice_at` text
);
--> statement-breakpoint
CREATE UNIQUE INDEX `person_number_unique` ON `person` (`number`);--> statement-breakpoint
CREATE TABLE `pin` (
	`person_id` text PRIMARY KEY NOT NULL,
	`hash` text NOT NULL,
	`set_at` text NOT NULL,
	FOREIGN KEY (`person_id`) REFERENCES `person`(`id`) ON UPDATE no action ON DELETE no action
);
--> statement-breakpoint
CREATE TABLE `session` (
	`id` text PRIMARY KEY NOT NULL,
	`token` text NOT NULL,
	`user_id` text NOT NULL,
	`expires_at` integer NOT NULL,
	`created_at` integer NOT NULL,
	`updated_at` integer NOT NULL,
	`ip_address` text,
	`user_agent` text,
	FOREIGN KEY (`user_id`) REFERENCES `login`(`id`) ON UPDATE no action ON DELETE cascade
);
--> statement-breakpoint
CREATE UNIQUE INDEX `session_token_unique` ON `session` (`token`);--> statement-breakpoint
CREATE INDEX `session_user` ON `session` (`user_id`);--> statement-breakpoint
CREATE TABLE `slip` (
	`code_hash` text PRIMARY KEY NOT NULL,
	`person_id` text NOT NULL,
	`created_by` text NOT NULL,
	`created_at` text NOT NULL,
	`expires_at` text NOT NULL,
	`used_at` text,
	FOREIGN KEY (`person_id`) REFERENCES `person`(`id`) ON UPDATE no action ON DELETE no action
);
--> statement-breakpoint
CREATE TABLE `two_factor` (
	`id` text PRIMARY KEY NOT NULL,
	`secret` text NOT NULL,
	`backup_codes` text NOT NULL,
	`user_id` text NOT NULL,
	`verified` integer,
	FOREIGN KEY (`user_id`) REFERENCES `login`(`id`) ON UPDATE no action ON DELETE cascade
);
--> statement-breakpoint
CREATE TABLE `unit` (
	`id` text PRIMARY KEY NOT NULL,
	`parent_id` text,
	`path` text NOT NULL,
	`name` text NOT NULL,
	`kind` text NOT NULL,
	`created_at` text NOT NULL
);
--> statement-breakpoint
CREATE UNIQUE INDEX `unit_path_unique` ON `unit` (`path`);--> statement-breakpoint
CREATE UNIQUE INDEX `unit_name_in_parent` ON `unit` (`parent_id`,`name`);--> statement-breakpoint
CREATE TABLE `verification` (
	`id` text PRIMARY KEY NOT NULL,
	`identifier` text NOT NULL,
	`value` text NOT NULL,
	`expires_at` integer NOT NULL,
	`created_at` integer,
	`updated_at` integer
);
--> statement-breakpoint
CREATE TABLE `view` (
	`id` text PRIMARY KEY NOT NULL,
	`viewer_id` text NOT NULL,
	`person_id` text NOT NULL,
	`what` text NOT NULL,
	`at` text NOT NULL
);
--> statement-breakpoint
CREATE INDEX `view_person` ON `view` (`person_id`,`at`);--> statement-breakpoint
CREATE TABLE `mark` (
	`name` text PRIMARY KEY NOT NULL,
	`value` text NOT NULL
);
--> statement-breakpoint
CREATE TABLE `belief` (
	`person_id` text NOT NULL,
	`indicator` text NOT NULL,
	`mean` real NOT NULL,
	`sd` real NOT NULL,
	`pieces` integer NOT NULL,
	`kinds` integer NOT NULL,
	`as_of_on` text NOT NULL,
	`event_id` text NOT NULL,
	`mean_before` real,
	PRIMARY KEY(`person_id`, `indicator`)
);
--> statement-breakpoint
CREATE TABLE `chain` (
	`person_id` text PRIMARY KEY NOT NULL,
	`length` integer NOT NULL,
	`head` text NOT NULL,
	`derived_to` text NOT NULL
);
--> statement-breakpoint
CREATE TABLE `counted_span` (
	`person_id` text NOT NULL,
	`from_at` integer NOT NULL,
	`to_at` integer NOT NULL,
	`event_id` text NOT NULL,
	PRIMARY KEY(`person_id`, `from_at`)
);
--> statement-breakpoint
CREATE INDEX `counted_span_to` ON `counted_span` (`person_id`,`to_at`);--> statement-breakpoint
CREATE TABLE `credit` (
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
	`rule` text NOT NULL,
	`reason` text NOT NULL,
	PRIMARY KEY(`person_id`, `event_id`)
);
--> statement-breakpoint
CREATE UNIQUE INDEX `credit_once` ON `credit` (`person_id`,`subject`,`edition`,`period`);--> statement-breakpoint
CREATE INDEX `credit_period` ON `credit` (`person_id`,`period`);--> statement-breakpoint
CREATE TABLE `dispute` (
	`id` text PRIMARY KEY NOT NULL,
	`person_id` text NOT NULL,
	`about` text NOT NULL,
	`text` text NOT NULL,
	`at` text NOT NULL,
	`answer` text,
	`answered_at` text,
	`answered_by` text
);
--> statement-breakpoint
CREATE TABLE `event` (
	`seq` integer PRIMARY KEY AUTOINCREMENT NOT NULL,
	`id` text NOT NULL,
	`kind` text NOT NULL,
	`person_id` text NOT NULL,
	`once` text,
	`at` text NOT NULL,
	`received_at` text NOT NULL,
	`effective_at` text NOT NULL,
	`payload` text,
	`salt` text,
	`payload_hash` text NOT NULL,
	`previous` text NOT NULL,
	`hash` text NOT NULL
);
--> statement-breakpoint
CREATE UNIQUE INDEX `event_id_unique` ON `event` (`id`);--> statement-breakpoint
CREATE UNIQUE INDEX `event_once_unique` ON `event` (`once`);--> statement-breakpoint
CREATE INDEX `event_person` ON `event` (`person_id`,`effective_at`,`id`);--> statement-breakpoint
CREATE TABLE `evidence` (
	`id` text PRIMARY KEY NOT NULL,
	`person_id` text NOT NULL,
	`indicator` text NOT NULL,
	`event_id` text NOT NULL,
	`at` text NOT NULL,
	`item` text,
	`body` text NOT NULL
);
--> statement-breakpoint
CREATE INDEX `evidence_person` ON `evidence` (`person_id`,`indicator`);--> statement-breakpoint
CREATE INDEX `evidence_item` ON `evidence` (`person_id`,`item`);--> statement-breakpoint
CREATE TABLE `progress` (
	`person_id` text NOT NULL,
	`lesson_id` text NOT NULL,
	`edition` integer NOT NULL,
	`opened_at` text NOT NULL,
	`sections` text NOT NULL,
	`passed` text NOT NULL,
	`seconds` real NOT NULL,
	`completed_at` text,
	`event_id` text NOT NULL,
	PRIMARY KEY(`person_id`, `lesson_id`, `edition`)
);
--> statement-breakpoint
CREATE TABLE `refused_time` (
	`person_id` text NOT NULL,
	`event_id` text NOT NULL,
	`reason` text NOT NULL,
	`lesson_id` text NOT NULL,
	`seconds` real NOT NULL,
	`at` text NOT NULL,
	PRIMARY KEY(`event_id`, `reason`)
);
--> statement-breakpoint
CREATE INDEX `refused_time_person` ON `refused_time` (`person_id`,`at`);--> statement-breakpoint
CREATE TABLE `root` (
	`on` text PRIMARY KEY NOT NULL,
	`root` text NOT NULL,
	`chains` integer NOT NULL,
	`at` text NOT NULL
);
--> statement-breakpoint
CREATE TABLE `segment` (
	`id` text PRIMARY KEY NOT NULL,
	`person_id` text NOT NULL,
	`lesson_id` text NOT NULL,
	`edition` integer NOT NULL,
	`revision_id` text NOT NULL,
	`opened_at` text NOT NULL,
	`last_beat_at` integer NOT NULL,
	`last_seq` integer NOT NULL,
	`spans` text NOT NULL,
	`sections` text NOT NULL,
	`watched` text NOT NULL,
	`refused` text NOT NULL
);
--> statement-breakpoint
CREATE INDEX `segment_person` ON `segment` (`person_id`);--> statement-breakpoint
CREATE INDEX `segment_beat` ON `segment` (`last_beat_at`);--> statement-breakpoint
CREATE TABLE `version` (
	`kind` text NOT NULL,
	`subject` text NOT NULL,
	`from_at` text NOT NULL,
	`version` text NOT NULL,
	`body` text NOT NULL,
	PRIMARY KEY(`kind`, `subject`, `from_at`)
);
