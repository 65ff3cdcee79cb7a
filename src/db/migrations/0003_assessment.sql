CREATE TABLE `assessment` (
	`id` text PRIMARY KEY NOT NULL,
	`body` text NOT NULL,
	`hash` text NOT NULL,
	`file` text,
	`withdrawn_at` text,
	`missing_since` text,
	`created_at` text NOT NULL
);
--> statement-breakpoint
CREATE TABLE `attempt` (
	`id` text PRIMARY KEY NOT NULL,
	`assessment_id` text NOT NULL,
	`person_id` text NOT NULL,
	`sitting_id` text,
	`number` integer NOT NULL,
	`seed` text NOT NULL,
	`blueprint` text NOT NULL,
	`started_at` text NOT NULL,
	`deadline_at` text,
	`handed_at` text,
	`handed_by` text,
	`result` text
);
--> statement-breakpoint
CREATE UNIQUE INDEX `attempt_number` ON `attempt` (`assessment_id`,`person_id`,`number`);--> statement-breakpoint
CREATE UNIQUE INDEX `attempt_active` ON `attempt` (`assessment_id`,`person_id`) WHERE handed_at is null;--> statement-breakpoint
CREATE INDEX `attempt_person` ON `attempt` (`person_id`);--> statement-breakpoint
CREATE INDEX `attempt_sitting` ON `attempt` (`sitting_id`);--> statement-breakpoint
CREATE INDEX `attempt_deadline` ON `attempt` (`handed_at`,`deadline_at`);--> statement-breakpoint
CREATE TABLE `attempt_item` (
	`attempt_id` text NOT NULL,
	`person_id` text NOT NULL,
	`position` integer NOT NULL,
	`item_id` text NOT NULL,
	`item_revision` integer NOT NULL,
	`shown_at` text NOT NULL,
	`answer` text,
	`answered_at` text,
	`received_at` text,
	`late_answer` text,
	`late_at` text,
	`earned` real,
	`possible` real,
	`withdrawn` integer DEFAULT false NOT NULL,
	`event_id` text,
	PRIMARY KEY(`attempt_id`, `position`)
);
--> statement-breakpoint
CREATE UNIQUE INDEX `attempt_item_once` ON `attempt_item` (`attempt_id`,`item_id`);--> statement-breakpoint
CREATE INDEX `attempt_item_item` ON `attempt_item` (`item_id`);--> statement-breakpoint
CREATE INDEX `attempt_item_person` ON `attempt_item` (`person_id`);--> statement-breakpoint
CREATE TABLE `bank_item` (
	`id` text PRIMARY KEY NOT NULL,
	`revision` integer NOT NULL,
	`kind` text NOT NULL,
	`indicator` text NOT NULL,
	`difficulty` text NOT NULL,
	`secure` integer NOT NULL,
	`status` text NOT NULL,
	`retired_reason` text,
	`author` text NOT NULL,
	`checked_by` text,
	`checked_on` text,
	`file` text,
	`imported_hash` text,
	`conflict_hash` text,
	`created_at` text NOT NULL
);
--> statement-breakpoint
CREATE INDEX `bank_item_indicator` ON `bank_item` (`indicator`,`secure`,`status`);--> statement-breakpoint
CREATE TABLE `calibration_run` (
	`name` text PRIMARY KEY NOT NULL,
	`from_at` text NOT NULL,
	`made_at` text NOT NULL,
	`made_by` text NOT NULL,
	`body` text NOT NULL
);
--> statement-breakpoint
CREATE TABLE `exposure` (
	`assessment_id` text NOT NULL,
	`item_id` text NOT NULL,
	`shown` integer NOT NULL,
	PRIMARY KEY(`assessment_id`, `item_id`)
);
--> statement-breakpoint
CREATE TABLE `extra_time` (
	`person_id` text PRIMARY KEY NOT NULL,
	`share` real NOT NULL,
	`granted_by` text NOT NULL,
	`granted_at` text NOT NULL
);
--> statement-breakpoint
CREATE TABLE `item_statistics` (
	`item_id` text PRIMARY KEY NOT NULL,
	`computed_at` text NOT NULL,
	`body` text NOT NULL
);
--> statement-breakpoint
CREATE TABLE `short_answer_mark` (
	`attempt_id` text NOT NULL,
	`item_id` text NOT NULL,
	`person_id` text NOT NULL,
	`grader_id` text NOT NULL,
	`points` text NOT NULL,
	`remark` text NOT NULL,
	`settles` integer DEFAULT false NOT NULL,
	`at` text NOT NULL,
	PRIMARY KEY(`attempt_id`, `item_id`, `grader_id`)
);
--> statement-breakpoint
CREATE INDEX `mark_person` ON `short_answer_mark` (`person_id`);--> statement-breakpoint
CREATE TABLE `sitting` (
	`id` text PRIMARY KEY NOT NULL,
	`assessment_id` text NOT NULL,
	`unit_id` text NOT NULL,
	`invigilator_id` text NOT NULL,
	`code` text NOT NULL,
	`opened_at` text NOT NULL,
	`closed_at` text
);
--> statement-breakpoint
CREATE INDEX `sitting_assessment` ON `sitting` (`assessment_id`,`closed_at`);--> statement-breakpoint
CREATE UNIQUE INDEX `sitting_code` ON `sitting` (`code`) WHERE closed_at is null;