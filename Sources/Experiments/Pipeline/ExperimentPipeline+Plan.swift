private import Foundation
private import MetaLearning
private import Sharding

extension ExperimentPipeline {
    /// What would be done, and why; nothing is written.
    ///
    /// - Returns: The steps in order.
    /// - Throws: What is wrong with the settings.
    package func plan() throws -> [PlannedStep] {
        let combinations = try combinations()
        let state = try PipelineState.read(in: place.folder)
        var digests = FileDigests.read(storedAt: digestFile)
        var steps: [PlannedStep] = []
        var isSettled = true
        for step in dataSteps(combinations) {
            switch try step.standing(state, &digests) {
            case .due(let why):
                steps.append(PlannedStep(step: label(step), action: .run, why: why))
                isSettled = false
            case .upToDate where !isSettled:
                steps.append(
                    PlannedStep(
                        step: label(step), action: .unknown,
                        why: "to do when a step before it gives something else than before"))
            case .upToDate:
                steps.append(
                    PlannedStep(
                        step: label(step), action: .skip,
                        why: "inputs, settings and result are as they were"))
            }
        }
        if combinations.contains(where: \.data.isBenchmark) { return steps }
        guard isSettled else {
            steps.append(
                PlannedStep(
                    step: "train", action: .unknown,
                    why: "runs on collections that stay the same are not done again"))
            return steps
        }
        let list = try runs(combinations).list
        steps += plannedRuns(list)
        if let report = try plannedReport(on: list, state, &digests) { steps.append(report) }
        return steps
    }

    private func plannedRuns(_ list: SweepList) -> [PlannedStep] {
        var steps: [PlannedStep] = []
        for (index, point) in list.points.enumerated() where shard.contains(index) {
            let folder = place.runs.appending(path: point.folder, directoryHint: .isDirectory)
            let isThere = FileManager.default.fileExists(
                atPath: folder.path(percentEncoded: false))
            let (action, why): (PlannedStep.Action, String) =
                TrainingRun.isFinished(folder)
                ? (.skip, "the run of these settings on this collection is finished")
                : isThere ? (.resume, "the run was stopped") : (.run, "there is no such run yet")
            steps.append(PlannedStep(step: "train \(point.folder)", action: action, why: why))
        }
        return steps
    }

    private func plannedReport(
        on list: SweepList, _ state: PipelineState, _ digests: inout FileDigests
    ) throws -> PlannedStep? {
        guard let step = reportStep(on: list) else { return nil }
        let isComplete = list.points.allSatisfy {
            TrainingRun.isFinished(
                place.runs.appending(path: $0.folder, directoryHint: .isDirectory))
        }
        guard isComplete else {
            return PlannedStep(step: "report", action: .unknown, why: "when all runs are finished")
        }
        let (action, why): (PlannedStep.Action, String) =
            switch try step.standing(state, &digests) {
            case .upToDate: (.skip, "the runs and the title are as they were")
            case .due(let why): (.run, why)
            }
        return PlannedStep(step: "report", action: action, why: why)
    }
}
