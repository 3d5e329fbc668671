import EMGSignal
import HDF5
import PrintableText

/// Holds a task's arrays against what the manifest says of them.
struct TaskAudit {
    let task: CollectionManifest.Entry
    let manifest: CollectionManifest
    let file: String
    /// Whether the hash is compared; everything else always is.
    var checksHash = true

    /// The task, when all of it is as the manifest says.
    func tensors(_ stored: StoredTask) throws(ArchiveError) -> TaskTensors {
        let expected = [task.sampleCount, manifest.channels.count]
        guard stored.shape == expected else {
            throw invalid(
                "\(expected[0], of: "sample") of \(expected[1], of: "channel")", "\(stored.shape)",
                TensorNames.signal)
        }
        let tensors = TaskTensors(
            signal: SampleMatrix(values: stored.values, channelCount: expected[1]),
            support: try windows(stored.support, TensorNames.support, task.support),
            query: try windows(stored.query, TensorNames.query, task.query),
            earlier: try earlier(stored))
        if checksHash { try checkHash(tensors) }
        try checkFinite(tensors)
        return tensors
    }

    private func checkHash(_ tensors: TaskTensors) throws(ArchiveError) {
        let sha256 = tensors.sha256
        guard sha256 == task.tensor.sha256 else {
            throw ArchiveError(
                .hashMismatch(expected: task.tensor.sha256, found: sha256),
                at: Place(file: file, object: task.tensor.path),
                hint: CollectionFile.mismatchHint)
        }
    }

    private func earlier(_ stored: StoredTask) throws(ArchiveError) -> TaskTensors.Windows? {
        guard let portion = task.earlier, let windows = stored.earlier else { return nil }
        return try self.windows(windows, TensorNames.earlier, portion)
    }

    private func windows(
        _ stored: StoredTask.Portion, _ name: String, _ portion: CollectionManifest.Portion
    ) throws(ArchiveError) -> TaskTensors.Windows {
        for (what, count) in [
            (TensorNames.starts, stored.starts.count), (TensorNames.labels, stored.labels.count),
        ] where count != portion.windows {
            throw invalid("\(portion.windows, of: "window")", "\(count)", "\(name)/\(what)")
        }
        var counts = [Int](repeating: 0, count: manifest.classes.count)
        for (index, label) in stored.labels.enumerated() {
            // Without classes every window has label 0.
            guard Int(label) < max(1, counts.count) else {
                throw invalid(
                    "labels below \(max(1, counts.count))", "\(label) at window \(index)",
                    "\(name)/\(TensorNames.labels)")
            }
            if !counts.isEmpty { counts[Int(label)] += 1 }
        }
        try checkTargets(stored, name)
        guard counts == portion.windowsPerClass else {
            throw invalid(
                "\(portion.windowsPerClass) windows of the classes", "\(counts)",
                "\(name)/\(TensorNames.labels)")
        }
        for (index, start) in stored.starts.enumerated() {
            guard isInside(start, portion.ranges) else {
                throw invalid(
                    "windows of \(manifest.window.length, of: "sample") within the ranges of "
                        + "the \(name)",
                    "a start at \(start) at window \(index)", "\(name)/\(TensorNames.starts)")
            }
        }
        return TaskTensors.Windows(
            starts: stored.starts, labels: stored.labels, targets: stored.targets)
    }

    private func checkTargets(
        _ stored: StoredTask.Portion, _ name: String
    ) throws(ArchiveError) {
        guard let targets = manifest.targets else { return }
        let expected = [stored.starts.count, targets.columns.count]
        guard stored.targetShape == expected else {
            throw invalid(
                "\(expected[0], of: "window") of \(expected[1], of: "target")",
                "\(stored.targetShape)",
                "\(name)/\(TensorNames.targets)")
        }
        if let index = stored.targets.firstIndex(where: { !$0.isFinite }) {
            throw invalid(
                "finite targets", "\(stored.targets[index]) at window \(index / expected[1])",
                "\(name)/\(TensorNames.targets)")
        }
    }

    private func isInside(_ start: Int64, _ ranges: [SampleRange]) -> Bool {
        // The ranges are in order: the last one that begins at or before the window decides.
        var low = 0
        var high = ranges.count
        while low < high {
            let middle = (low + high) / 2
            if Int64(ranges[middle].start) <= start { low = middle + 1 } else { high = middle }
        }
        guard low > 0 else { return false }
        return Int64(ranges[low - 1].end) - start >= Int64(manifest.window.length)
    }

    /// Samples outside the windows may be anything, those inside must be numbers.
    private func checkFinite(_ tensors: TaskTensors) throws(ArchiveError) {
        let channelCount = tensors.signal.channelCount
        guard !NonFiniteSamples.isFinite(tensors.signal.values.span) else { return }
        var isBroken = [Bool](repeating: false, count: tensors.signal.sampleCount)
        for (index, value) in tensors.signal.values.enumerated() where !value.isFinite {
            isBroken[index / channelCount] = true
        }
        let starts =
            tensors.support.starts + tensors.query.starts + (tensors.earlier?.starts ?? [])
        for start in starts {
            let window = Int(start)..<Int(start) + manifest.window.length
            guard let sample = window.first(where: { isBroken[$0] }) else { continue }
            throw invalid(
                "finite samples in windows", "none at sample \(sample)", TensorNames.signal)
        }
    }

    private func invalid(_ expected: String, _ found: String, _ object: String) -> ArchiveError {
        ArchiveError(
            .invalid(expected: expected, found: found),
            at: Place(file: file, object: "\(task.tensor.path)/\(object)"),
            hint: CollectionFile.mismatchHint)
    }
}
