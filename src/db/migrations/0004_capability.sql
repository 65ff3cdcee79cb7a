CREATE TABLE `placement` (
	`person_id` text PRIMARY KEY NOT NULL,
	`unit_id` text,
	`posts` text NOT NULL
);
--> statement-breakpoint
CREATE INDEX `placement_unit` ON `placement` (`unit_id`);--> statement-breakpoint
CREATE TABLE `unit_month` (
	`unit_id` text NOT NULL,
	`on` text NOT NULL,
	`members` integer NOT NULL,
	`health` text NOT NULL,
	PRIMARY KEY(`unit_id`, `on`)
);
--> statement-breakpoint
CREATE TABLE `unit_size` (
	`unit_id` text PRIMARY KEY NOT NULL,
	`members` integer NOT NULL
);
--> statement-breakpoint
CREATE TABLE `unit_snapshot` (
	`unit_id` text NOT NULL,
	`indicator` text NOT NULL,
	`on` text NOT NULL,
	`reached` integer NOT NULL,
	`not_reached` integer NOT NULL,
	`uncertain` integer NOT NULL,
	`no_target` integer NOT NULL,
	`level1` integer NOT NULL,
	`level2` integer NOT NULL,
	`level3` integer NOT NULL,
	`level4` integer NOT NULL,
	`level5` integer NOT NULL,
	`published` integer NOT NULL,
	PRIMARY KEY(`unit_id`, `indicator`, `on`)
);
--> statement-breakpoint
CREATE TABLE `unit_total` (
	`unit_id` text NOT NULL,
	`indicator` text NOT NULL,
	`reached` integer NOT NULL,
	`not_reached` integer NOT NULL,
	`uncertain` integer NOT NULL,
	`no_target` integer NOT NULL,
	`level1` integer NOT NULL,
	`level2` integer NOT NULL,
	`level3` integer NOT NULL,
	`level4` integer NOT NULL,
	`level5` integer NOT NULL,
	PRIMARY KEY(`unit_id`, `indicator`)
);
--> statement-breakpoint
ALTER TABLE `person` ADD `no_suggestions_at` text;--> statement-breakpoint
ALTER TABLE `belief` ADD `status` text DEFAULT 'unmeasured' NOT NULL;--> statement-breakpoint
ALTER TABLE `belief` ADD `level` integer;--> statement-breakpoint
ALTER TABLE `belief` ADD `changes_on` text;--> statement-breakpoint
CREATE INDEX `belief_changes` ON `belief` (`changes_on`) WHERE "belief"."changes_on" is not null;