internal import Documents

extension TrainingConfiguration {
    /// The configuration with every value that was left open.
    ///
    /// - Parameter threads: How many threads the run uses, when ``threads`` leaves it open; at
    ///   least 1.
    /// - Returns: The configuration.
    package func resolved(threads: Int) -> TrainingConfiguration {
        var settings = self
        settings.threads = self.threads ?? threads
        settings.queryBatchSize = queryBatchSize ?? inner.batchSize
        settings.taskMemoryMiB = taskMemory >> 20
        return settings
    }

    /// The configuration as JSON with every value written out; reading it gives it back.
    ///
    /// - Parameter threads: How many threads the run uses, when ``threads`` leaves it open.
    /// - Returns: The text, ending in a line break.
    package func resolvedJSON(threads: Int) -> String {
        resolved(threads: threads).document.json(
            .indented(
                onOneLine: [
                    "sampling", "model", "studies.convergence", "studies.support", "checkpoints",
                    "seeds",
                ],
                continuing: [
                    "inner.learning_rate", "inner.epochs", "outer.learning_rate",
                    "outer.schedule.step", "outer.schedule.patience", "studies.support",
                    "baselines.pretrained.learning_rate", "baselines.pretrained.shuffle",
                ]))
    }

    /// The settings that a run's numbers depend on, as text: the same text as ever for the same
    /// settings, as the names of a sweep's points are made from it.
    package var identity: String {
        var settings = self
        settings.threads = 1
        settings.checkpoints.every = nil
        settings.seeds = []
        settings.trajectoryBudgetMiB = 1
        settings.taskMemoryMiB = 1
        // A run that was made when these keys ended in `_mb` is still the same run.
        return settings.resolvedJSON(threads: 1).replacing("_mib\"", with: "_mb\"")
    }
}
