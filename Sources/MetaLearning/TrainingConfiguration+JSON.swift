extension TrainingConfiguration {
    /// The configuration as JSON with every value written out; reading it gives it back.
    ///
    /// - Parameter threads: How many threads the run uses, when ``threads`` leaves it open.
    /// - Returns: The text, ending in a line break.
    public func resolvedJSON(threads: Int) -> String {
        let hidden = model.hidden.map(String.init).joined(separator: ", ")
        let pretrained =
            baselines.pretrained.map { settings in
                """
                {
                      "epochs": \(settings.epochs), "learning_rate": \(settings.learningRate),
                      "batch_size": \(settings.batchSize), "shuffle": \(settings.shuffle)
                    }
                """
            } ?? "false"
        return """
            {
              "algorithm": "\(algorithm.rawValue)",
              "model": {"name": "\(model.name.rawValue)", "hidden": [\(hidden)]},
              "inner": {
                "optimizer": "\(inner.optimizer.rawValue)", "learning_rate": \(inner.learningRate),
                "epochs": \(inner.epochs), "batch_size": \(inner.batchSize),
                "shuffle": \(inner.shuffle)
              },
              "outer": {
                "optimizer": "\(outer.optimizer.rawValue)", "learning_rate": \(outer.learningRate),
                "weight_decay": \(outer.weightDecay),
                "schedule": {"step": \(outer.schedule.step), "factor": \(outer.schedule.factor)}
              },
              "meta_epochs": \(metaEpochs),
              "tasks_per_step": \(tasksPerStep),
              "query_batch_size": \(queryBatchSize ?? inner.batchSize),
              "selection": "\(selection.rawValue)",
              "baselines": {
                "random": \(baselines.random),
                "pretrained": \(pretrained)
              },
              "seed": \(seed),
              "threads": \(self.threads ?? threads),
              "trajectory_budget_mb": \(trajectoryBudgetMB)
            }

            """
    }
}
