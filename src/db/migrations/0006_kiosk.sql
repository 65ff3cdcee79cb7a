CREATE TABLE `hall_attendance` (
	`session_id` text NOT NULL,
	`person_id` text NOT NULL,
	`via` text NOT NULL,
	`in_at` text,
	`out_at` text,
	`state` text NOT NULL,
	`confirmed_by` text,
	`note` text,
	`event_id` text,
	PRIMARY KEY(`session_id`, `person_id`),
	FOREIGN KEY (`person_id`) REFERENCES `person`(`id`) ON UPDATE no action ON DELETE no action
);
--> statement-breakpoint
CREATE INDEX `hall_attendance_person` ON `hall_attendance` (`person_id`);--> statement-breakpoint
CREATE TABLE `hall_claim` (
	`id` text PRIMARY KEY NOT NULL,
	`session_id` text NOT NULL,
	`person_id` text NOT NULL,
	`slot` integer NOT NULL,
	`code` text NOT NULL,
	`at` text NOT NULL,
	FOREIGN KEY (`person_id`) REFERENCES `person`(`id`) ON UPDATE no action ON DELETE no action
);
--> statement-breakpoint
CREATE TABLE `hall_session` (
	`id` text PRIMARY KEY NOT NULL,
	`unit_id` text NOT NULL,
	`kiosk_id` text,
	`host_id` text NOT NULL,
	`title` text NOT NULL,
	`kind` text NOT NULL,
	`agenda` text NOT NULL,
	`lesson_id` text,
	`edition` integer,
	`secret` text NOT NULL,
	`state` text NOT NULL,
	`starts_at` text NOT NULL,
	`ends_at` text,
	`confirmed_at` text,
	`head_count` integer,
	`minutes` text,
	`asking` text,
	`offline` integer DEFAULT false NOT NULL,
	FOREIGN KEY (`unit_id`) REFERENCES `unit`(`id`) ON UPDATE no action ON DELETE no action
);
--> statement-breakpoint
CREATE INDEX `hall_session_unit` ON `hall_session` (`unit_id`,`starts_at`);--> statement-breakpoint
CREATE TABLE `hall_tally` (
	`session_id` text NOT NULL,
	`item` text NOT NULL,
	`option` integer NOT NULL,
	`count` integer DEFAULT 0 NOT NULL,
	`hands` integer DEFAULT 0 NOT NULL,
	`hands_at` text,
	PRIMARY KEY(`session_id`, `item`, `option`)
);
--> statement-breakpoint
CREATE TABLE `hall_vote` (
	`session_id` text NOT NULL,
	`item` text NOT NULL,
	`voter` text NOT NULL,
	PRIMARY KEY(`session_id`, `item`, `voter`)
);
--> statement-breakpoint
CREATE TABLE `kiosk` (
	`id` text PRIMARY KEY NOT NULL,
	`unit_id` text NOT NULL,
	`name` text NOT NULL,
	`public_key` text NOT NULL,
	`playlist` text NOT NULL,
	`enrolled_at` text NOT NULL,
	`enrolled_by` text NOT NULL,
	`revoked_at` text,
	`revoked_by` text,
	`turn` integer DEFAULT 0 NOT NULL,
	`hello_at` text,
	`seq` integer DEFAULT 0 NOT NULL,
	`pack` text,
	`queue` integer DEFAULT 0 NOT NULL,
	`storage_used` integer,
	`storage_quota` integer,
	`app` text,
	`clock_error_seconds` integer,
	`emptied_at` text,
	FOREIGN KEY (`unit_id`) REFERENCES `unit`(`id`) ON UPDATE no action ON DELETE no action
);
--> statement-breakpoint
CREATE INDEX `kiosk_unit` ON `kiosk` (`unit_id`);--> statement-breakpoint
CREATE TABLE `kiosk_ask` (
	`code_hash` text PRIMARY KEY NOT NULL,
	`kiosk_id` text NOT NULL,
	`visit_id` text NOT NULL,
	`expires_at` text NOT NULL,
	`person_id` text,
	`redeemed_at` text
);
--> statement-breakpoint
CREATE TABLE `kiosk_contact` (
	`id` text PRIMARY KEY NOT NULL,
	`kiosk_id` text NOT NULL,
	`at` integer NOT NULL,
	`heard` text,
	`seq` integer NOT NULL,
	`up` integer NOT NULL,
	`off` integer NOT NULL,
	FOREIGN KEY (`kiosk_id`) REFERENCES `kiosk`(`id`) ON UPDATE no action ON DELETE no action
);
--> statement-breakpoint
CREATE INDEX `kiosk_contact_kiosk` ON `kiosk_contact` (`kiosk_id`,`seq`);--> statement-breakpoint
CREATE INDEX `kiosk_contact_heard` ON `kiosk_contact` (`kiosk_id`,`heard`);--> statement-breakpoint
CREATE TABLE `kiosk_enrolment` (
	`code` text PRIMARY KEY NOT NULL,
	`public_key` text NOT NULL,
	`at` text NOT NULL,
	`expires_at` text NOT NULL,
	`kiosk_id` text
);
--> statement-breakpoint
CREATE TABLE `kiosk_entry` (
	`id` text PRIMARY KEY NOT NULL,
	`kiosk_id` text NOT NULL,
	`seq` integer NOT NULL,
	`contact_id` text NOT NULL,
	`up` integer NOT NULL,
	`off` integer NOT NULL,
	`at` text NOT NULL,
	`received_at` text NOT NULL,
	`via` text NOT NULL,
	`sealed` text,
	`state` text NOT NULL,
	`kind` text,
	`about` text,
	`reason` text,
	`to_at` integer,
	`from_at` integer,
	FOREIGN KEY (`kiosk_id`) REFERENCES `kiosk`(`id`) ON UPDATE no action ON DELETE no action
);
--> statement-breakpoint
CREATE INDEX `kiosk_entry_seq` ON `kiosk_entry` (`kiosk_id`,`seq`);--> statement-breakpoint
CREATE INDEX `kiosk_entry_waiting` ON `kiosk_entry` (`state`,`about`,`kiosk_id`,`seq`);--> statement-breakpoint
CREATE INDEX `kiosk_entry_time` ON `kiosk_entry` (`kiosk_id`,`to_at`);--> statement-breakpoint
CREATE TABLE `kiosk_key` (
	`name` text PRIMARY KEY NOT NULL,
	`key` text NOT NULL
);
--> statement-breakpoint
CREATE TABLE `kiosk_visit` (
	`id` text PRIMARY KEY NOT NULL,
	`kiosk_id` text NOT NULL,
	`person_id` text NOT NULL,
	`how` text NOT NULL,
	`state` text NOT NULL,
	`token_hash` text,
	`began_at` text NOT NULL,
	`expires_at` text,
	`ended_at` text,
	FOREIGN KEY (`person_id`) REFERENCES `person`(`id`) ON UPDATE no action ON DELETE no action
);
--> statement-breakpoint
CREATE UNIQUE INDEX `kiosk_visit_token_hash_unique` ON `kiosk_visit` (`token_hash`);--> statement-breakpoint
CREATE INDEX `kiosk_visit_person` ON `kiosk_visit` (`person_id`,`began_at`);--> statement-breakpoint
CREATE TABLE `notice` (
	`id` text PRIMARY KEY NOT NULL,
	`unit_id` text NOT NULL,
	`title` text NOT NULL,
	`text` text NOT NULL,
	`from_on` text NOT NULL,
	`to_on` text NOT NULL,
	`from_time` text,
	`to_time` text,
	`created_by` text NOT NULL,
	`at` text NOT NULL,
	`ended_at` text,
	FOREIGN KEY (`unit_id`) REFERENCES `unit`(`id`) ON UPDATE no action ON DELETE no action
);
--> statement-breakpoint
CREATE INDEX `notice_unit` ON `notice` (`unit_id`,`to_on`);--> statement-breakpoint
CREATE TABLE `merit_deed` (
	`id` text PRIMARY KEY NOT NULL,
	`unit_id` text NOT NULL,
	`rule_id` text NOT NULL,
	`household` text NOT NULL,
	`deed` text NOT NULL,
	`points` integer NOT NULL,
	`on` text NOT NULL,
	`shown` integer NOT NULL,
	`entered_by` text NOT NULL,
	`at` text NOT NULL,
	`taken_back_at` text,
	FOREIGN KEY (`unit_id`) REFERENCES `unit`(`id`) ON UPDATE no action ON DELETE no action
);
--> statement-breakpoint
CREATE INDEX `merit_deed_unit` ON `merit_deed` (`unit_id`,`on`);--> statement-breakpoint
CREATE TABLE `merit_rule` (
	`id` text PRIMARY KEY NOT NULL,
	`unit_id` text NOT NULL,
	`title` text NOT NULL,
	`agreed_on` text NOT NULL,
	`rules` text NOT NULL,
	`set_by` text NOT NULL,
	`at` text NOT NULL,
	`ended_at` text,
	FOREIGN KEY (`unit_id`) REFERENCES `unit`(`id`) ON UPDATE no action ON DELETE no action
);
--> statement-breakpoint
CREATE INDEX `merit_rule_unit` ON `merit_rule` (`unit_id`,`at`);--> statement-breakpoint
CREATE TABLE `told_story` (
	`id` text PRIMARY KEY NOT NULL,
	`kiosk_id` text NOT NULL,
	`unit_id` text NOT NULL,
	`title` text NOT NULL,
	`teller` text NOT NULL,
	`text` text NOT NULL,
	`voice` text,
	`seconds` integer,
	`consent` text NOT NULL,
	`at` text NOT NULL,
	`state` text NOT NULL,
	`reviewed_by` text,
	`reviewed_at` text,
	`reason` text,
	FOREIGN KEY (`unit_id`) REFERENCES `unit`(`id`) ON UPDATE no action ON DELETE no action
);
--> statement-breakpoint
CREATE INDEX `told_story_unit` ON `told_story` (`unit_id`,`state`);--> statement-breakpoint
ALTER TABLE `pin` ADD `former_hash` text;