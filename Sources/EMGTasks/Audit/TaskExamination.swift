import EMGArchive
import EMGSignal
import PrintableText

/// What an audit finds in one task.
struct TaskExamination: Sendable {
    private(set) var violations: [CollectionAudit.Violation] = []
    private(set) var notes: [String] = []
    private(set) var summary: CollectionAudit.TaskSummary?
    private(set) var fingerprint: SignalFingerprint?

    private let task: CollectionManifest.Entry
    private let length: Int

    private init(_ task: CollectionManifest.Entry, length: Int) {
        self.task = task
        self.length = length
    }

    /// Examines a task.
    ///
    /// - Parameters:
    ///   - task: The task.
    ///   - split: The split that it is in.
    ///   - file: The collection; the task's tensors are read.
    ///   - rule: How its signals were normalized.
    /// - Returns: What was found.
    static func examine(
        _ task: CollectionManifest.Entry, split: String, of file: CollectionFile,
        normalizedBy rule: any NormalizationRule
    ) -> TaskExamination {
        var examination = TaskExamination(task, length: file.manifest.window.length)
        examination.examine(split: split, of: file, normalizedBy: rule)
        return examination
    }

    private mutating func examine(
        split: String, of file: CollectionFile, normalizedBy rule: any NormalizationRule
    ) {
        let tensors: TaskTensors
        do throws(ArchiveError) {
            tensors = try file.tensors(for: task.id)
        } catch {
            report(.hashes, error.description)
            return
        }
        checkParts(tensors, guardSamples: file.manifest.split.guardSamples)
        checkNormalization(tensors.signal, file.manifest, rule)
        let quality = checkQuality(tensors, policy: file.manifest.quality ?? .gapsOnly)
        fingerprint = SignalFingerprint(
            id: task.id, split: split, signal: tensors.signal, normalization: task.normalization)
        let classes = file.manifest.classes
        for (name, portion) in [("support", task.support), ("query", task.query)] {
            let missing = zip(classes, portion.windowsPerClass).filter { $1 == 0 }.map(\.0)
            if !missing.isEmpty {
                notes.append(
                    "\(task.id): no window of \(missing.joined(separator: ", ")) in the \(name)")
            }
        }
        let rate = distinctRate(tensors.signal, declared: file.manifest.samplingRate)
        if rate < 0.9 * task.effectiveRate.hertz {
            notes.append(
                "\(task.id): the samples change \(Int(rate.rounded())) times a second, the "
                    + "manifest says \(Int(task.effectiveRate.hertz.rounded()))")
        }
        summary = CollectionAudit.TaskSummary(
            id: task.id, split: split, supportWindows: task.support.countsPerClass,
            queryWindows: task.query.countsPerClass, distinctRate: rate,
            windowsWithQuality: quality.byName, windowsLeftOut: task.windowsLeftOut.byName,
            windowsUnlabeled: task.unlabeled?.windows ?? 0)
    }

    private mutating func report(_ check: CollectionAudit.Check, _ text: String) {
        violations.append(CollectionAudit.Violation(check: check, task: task.id, text: text))
    }

    // MARK: - Support and query

    /// Marks every sample of a support window, and looks for them in query windows.
    private mutating func checkParts(_ tensors: TaskTensors, guardSamples: Int) {
        let count = tensors.signal.sampleCount
        let support = counts(of: tensors.support.starts, widenedBy: 0, samples: count)
        checkEarlier(tensors)
        let guarded = counts(of: tensors.support.starts, widenedBy: guardSamples, samples: count)
        let query = counts(of: tensors.query.starts, widenedBy: 0, samples: count)
        let common = (0..<count).filter { support[$0] > 0 && query[$0] > 0 }
        if let first = common.first {
            report(
                .parts,
                "\(common.count, of: "sample is", plural: "samples are") in support and query "
                    + "windows, the first \(first)"
            )
            return
        }
        if let first = (0..<count).first(where: { guarded[$0] > 0 && query[$0] > 0 }) {
            report(
                .parts,
                "sample \(first) of a query window is nearer than the guard of \(guardSamples) "
                    + "samples to a support window")
        }
    }

    /// What is known before is no part of the query, nor of the support.
    private mutating func checkEarlier(_ tensors: TaskTensors) {
        guard let earlier = tensors.earlier else { return }
        let count = tensors.signal.sampleCount
        let known = counts(of: earlier.starts, widenedBy: 0, samples: count)
        for (name, starts) in [
            ("support", tensors.support.starts), ("query", tensors.query.starts),
        ] {
            let own = counts(of: starts, widenedBy: 0, samples: count)
            guard let first = (0..<count).first(where: { known[$0] > 0 && own[$0] > 0 }) else {
                continue
            }
            report(
                .parts,
                "sample \(first) is in windows of the \(name) and of the earlier recordings")
        }
    }

    /// How many windows each sample is in.
    private func counts(of starts: [Int64], widenedBy margin: Int, samples: Int) -> [Int] {
        var changes = [Int](repeating: 0, count: samples + 1)
        for start in starts {
            let recording = task.recordingRange(at: Int(start))
            let first = max(recording.start, Int(start) - margin)
            let end = min(recording.end, Int(start) + length + margin)
            changes[first] += 1
            changes[end] -= 1
        }
        var depth = 0
        for index in changes.indices {
            depth += changes[index]
            changes[index] = depth
        }
        return changes
    }

    // MARK: - Normalization

    /// A signal that was normalized on its support has mean 0 and deviation 1 there, or ends at
    /// 0 and 1; on anything else it has not, but by chance.
    private mutating func checkNormalization(
        _ signal: SampleMatrix, _ manifest: CollectionManifest, _ rule: any NormalizationRule
    ) {
        let (offset, scale) = (task.normalization.offset, task.normalization.scale)
        if !rule.isFitted {
            if !offset.allSatisfy({ $0 == 0 }) || !scale.allSatisfy({ $0 == 1 }) {
                report(
                    .normalization, "the method is \(rule.name), but offset or scale is not 0 and 1"
                )
            }
            return
        }
        let support = FittedNormalization(fitting: rule, to: signal, on: task.support.ranges)
        let whole = FittedNormalization(
            fitting: rule, to: signal,
            on: [SampleRange(start: 0, end: signal.sampleCount)].intersection(
                task.quality.segments(sampleCount: signal.sampleCount)))
        for channel in 0..<signal.channelCount {
            guard !Self.isUnit(support, channel) else { continue }
            let name = manifest.channels[channel].name
            let figures =
                "on the support it has offset \(Self.text(support.offset[channel])) and scale "
                + "\(Self.text(support.scale[channel])), not 0 and 1"
            report(
                .normalization,
                "\(name) is not normalized on the support: \(figures)"
                    + (Self.isUnit(whole, channel)
                        ? "; it was fitted on the whole recording, query included" : ""))
        }
    }

    /// Single precision and a large baseline leave this much.
    private static func isUnit(_ fit: FittedNormalization, _ channel: Int) -> Bool {
        abs(fit.offset[channel]) <= 2e-5 && abs(fit.scale[channel] - 1) <= 2e-5
    }

    private static func text(_ value: Double) -> String {
        String((value * 1e5).rounded() / 1e5)
    }

    // MARK: - Quality

    /// Counts windows with something the matter; none may reach across a gap, or contain what the
    /// policy excludes. A channel of zeros has been silenced: nothing is the matter with it.
    private mutating func checkQuality(
        _ tensors: TaskTensors, policy: QualityPolicy
    ) -> [QualityInterval.Kind: Int] {
        let starts =
            (tensors.support.starts + tensors.query.starts + (tensors.earlier?.starts ?? []))
            .map(Int.init)
        let silent = Set(
            Set(task.quality.compactMap(\.channel)).filter { channel in
                (0..<tensors.signal.sampleCount).allSatisfy { tensors.signal[$0, channel] == 0 }
            })
        let quality = task.quality.filter { !($0.channel.map(silent.contains) ?? false) }
        let excluded = quality.filter { policy.excludes($0, windowLength: length) }
            .windowCounts(starts, length: length)
        for (kind, count) in excluded.sorted(by: { $0.key.rawValue < $1.key.rawValue }) {
            if kind == .gap {
                report(
                    .gaps, "\(count, of: "window reaches", plural: "windows reach") across a gap")
            } else {
                report(
                    .quality,
                    "\(count, of: "window contains", plural: "windows contain") samples that "
                        + "are excluded (\(kind.name))"
                )
            }
        }
        return quality.filter { $0.kind != .gap }.windowCounts(starts, length: length)
    }

    /// How often a second the samples change: held samples make it less than the rate.
    private func distinctRate(_ signal: SampleMatrix, declared: SamplingRate) -> Double {
        let channels = signal.channelCount
        let count = signal.sampleCount
        guard count > 1 else { return declared.hertz }
        var changes = 0
        for start in stride(from: channels, to: signal.values.count, by: channels) {
            for place in start..<start + channels
            where signal.values[place] != signal.values[place - channels] {
                changes += 1
                break
            }
        }
        return Double(changes) / Double(count - 1) * declared.hertz
    }
}

extension CollectionManifest.Portion {
    /// One count a class; without classes that of all windows.
    fileprivate var countsPerClass: [Int] { windowsPerClass.isEmpty ? [windows] : windowsPerClass }
}
