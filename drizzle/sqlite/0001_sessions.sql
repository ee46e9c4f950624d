CREATE TABLE `devices` (
	`user_id` text NOT NULL,
	`id_hash` text NOT NULL,
	`created_at` integer NOT NULL,
	`last_seen_at` integer NOT NULL,
	PRIMARY KEY(`user_id`, `id_hash`),
	FOREIGN KEY (`user_id`) REFERENCES `users`(`id`) ON UPDATE no action ON DELETE cascade
);
--> statement-breakpoint
CREATE INDEX `devices_seen` ON `devices` (`last_seen_at`);--> statement-breakpoint
CREATE TABLE `rotations` (
	`sid` text NOT NULL,
	`generation` integer NOT NULL,
	`parent` integer NOT NULL,
	`at` integer NOT NULL,
	`repeats` integer DEFAULT 0 NOT NULL,
	`losses` integer DEFAULT 0 NOT NULL,
	`reused_at` integer,
	PRIMARY KEY(`sid`, `generation`),
	FOREIGN KEY (`sid`) REFERENCES `sessions`(`id`) ON UPDATE no action ON DELETE cascade
);
--> statement-breakpoint
CREATE INDEX `rotations_at` ON `rotations` (`at`);--> statement-breakpoint
CREATE TABLE `user_epochs` (
	`user_id` text NOT NULL,
	`epoch` integer NOT NULL,
	`at` integer NOT NULL,
	`reason` text NOT NULL,
	PRIMARY KEY(`user_id`, `epoch`),
	FOREIGN KEY (`user_id`) REFERENCES `users`(`id`) ON UPDATE no action ON DELETE cascade
);
--> statement-breakpoint
CREATE INDEX `user_epochs_at` ON `user_epochs` (`at`);--> statement-breakpoint
DROP INDEX `sessions_user`;--> statement-breakpoint
ALTER TABLE `sessions` ADD `disown_hash` text;--> statement-breakpoint
CREATE UNIQUE INDEX `sessions_disown` ON `sessions` (`disown_hash`);--> statement-breakpoint
CREATE INDEX `sessions_user` ON `sessions` (`user_id`,`last_seen_at`);--> statement-breakpoint
ALTER TABLE `users` DROP COLUMN `epoch_changed_at`;