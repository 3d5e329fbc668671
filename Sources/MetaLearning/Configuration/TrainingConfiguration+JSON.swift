extension TrainingConfiguration {
    /// The configuration as JSON with every value written out; reading it gives it back.
    ///
    /// - Parameter threads: How many threads the run uses, when ``threads`` leaves it open.
    /// - Returns: The text, ending in a line break.
    public func resolvedJSON(threads: Int) -> String {
        let pretrained =
            baselines.pretrained.map { settings in
                """
                {
                      "epochs": \(settings.epochs), "learning_rate": \(settings.learningRate),
                      "batch_size": \(settings.batchSize), "shuffle": \(settings.shuffle),
                      "match_gradients": \(settings.matchesGradients)
                    }
                """
            } ?? "false"
        return """
            {
              "algorithm": "\(algorithm.rawValue)",
              "algorithm_settings": {
                "multi_step_epochs": \(algorithmSettings.multiStepEpochs),
                "lambda": \(algorithmSettings.proximity),
                "solver": "\(algorithmSettings.solver.rawValue)",
                "solver_iterations": \(algorithmSettings.solverIterations),
                "sequence_length": \(algorithmSettings.sequenceLength),
                "after_each_task": "\(algorithmSettings.afterEachTask.rawValue)"
              },
              "initial": "\(initial.rawValue)",
              "sampling": \(sampling.json),
              "model": \(model.json),
              "inner": {
                "optimizer": "\(inner.optimizer.rawValue)", "learning_rate": \(inner.learningRate),
                "momentum": \(inner.momentum), "epochs": \(inner.epochs),
                "steps": \(inner.steps.map(String.init) ?? "null"),
                "batch_size": \(inner.batchSize),
                "shuffle": \(inner.shuffle)
              },
              "outer": {
                "optimizer": "\(outer.optimizer.rawValue)", "learning_rate": \(outer.learningRate),
                "weight_decay": \(outer.weightDecay),
                "schedule": {
                  "kind": "\(outer.schedule.kind.rawValue)", "step": \(outer.schedule.step),
                  "factor": \(outer.schedule.factor), "patience": \(outer.schedule.patience),
                  "minimum": \(outer.schedule.minimum)
                },
                "clip_norm": \(outer.clipNorm.map { "\($0)" } ?? "null"),
                "gradient": "\(outer.averages ? "mean" : "sum")"
              },
              "meta_epochs": \(metaEpochs),
              "tasks_per_step": \(tasksPerStep),
              "query_batch_size": \(queryBatchSize ?? inner.batchSize),
              "selection": "\(selection.rawValue)",
              "baselines": {
                "random": \(baselines.random),
                "lda": \(baselines.lda),
                "pretrained": \(pretrained)
              },
              "studies": {
                "convergence": \(studies.convergence), "support": \(studies.support)
              },
              "dropout_when_scoring": \(scoresWithDropout),
              "checkpoints": {"every": \(checkpointEvery.map(String.init) ?? "null")},
              "seed": \(seed),
              "seeds": \(seeds),
              "threads": \(self.threads ?? threads),
              "trajectory_budget_mb": \(trajectoryBudgetMB),
              "task_memory_mb": \(taskMemory >> 20),
              "augmentation": \(augmentation)
            }

            """
    }
}
