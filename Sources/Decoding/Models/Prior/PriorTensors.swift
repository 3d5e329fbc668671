private import Autodiff
internal import MetaLearning

/// The numbers of a prior in a bundle. They may come from anywhere: what does not have the size that
/// the bundle's windows say, is not finite, or is no covariance, is refused.
struct PriorTensors {
    private let file: Safetensors
    private let name: String
    private let classCount: Int
    private let width: Int

    private enum Name {
        static let mean = "mean"
        static let spread = "spread"
        static let session = "session"
        static let windowNoise = "window_noise"
        static let repetitionNoise = "repetition_noise"
        static let turns = "person.turns"
        static let means = "person.means"
        static let unknown = "person.unknown"
        static let noiseShare = "person.noise_share"
        static let noise = "person.noise"
        static let shown = "person.shown"
        static let all = [
            mean, spread, session, windowNoise, repetitionNoise, turns, means, unknown, noiseShare,
            noise, shown,
        ]
    }

    /// Larger numbers occur in no features, and their products might not be finite.
    private static let largest = 1e6

    /// Looks at a file.
    ///
    /// - Parameters:
    ///   - file: The bundle's tensors.
    ///   - width: Features of a window.
    ///   - form: The bundle's windows.
    ///   - name: The bundle's name, for messages.
    init(_ file: Safetensors, width: Int, form: WindowForm, name: String) {
        self.file = file
        self.name = name
        classCount = form.classCount
        self.width = width
    }

    /// Numbers of all class means.
    private var size: Int { classCount * width }

    /// Refuses tensors of something else.
    func checkNames() throws(MetaLearningError) {
        if let stranger = file.entries.first(where: { !Name.all.contains($0.name) }) {
            throw MetaLearningError(
                .incompatible(
                    expected: "model \(PriorKind.key)", found: "a tensor \(stranger.name)"),
                at: name)
        }
    }

    // MARK: Reading

    /// The prior.
    ///
    /// - Parameters:
    ///   - features: What says how features may lie turned: asked once the tensors have the size
    ///     that they must have, as a file may claim any number of channels.
    ///   - settings: How it is used.
    /// - Returns: The prior.
    /// - Throws: `MetaLearningError` for numbers that are no prior's.
    func prior(
        turns features: BandFeatures, settings: HierarchicalPrior.Settings
    ) throws(MetaLearningError) -> HierarchicalPrior {
        let mean = try numbers(Name.mean, [classCount, width])
        let spread = try covariance(Name.spread, width: size)
        let window = try matrices(Name.windowNoise)
        let repetition = try matrices(Name.repetitionNoise)
        for (one, other) in zip(window, repetition) {
            try check(one, width: width, Name.windowNoise)
            try check(zip(one, other).map { $0 + $1 }, width: width, Name.repetitionNoise)
        }
        return HierarchicalPrior(
            turns: features.turns, settings: settings, mean: mean, spread: spread,
            session: has(Name.session) ? try numbers(Name.session, [size, size]) : nil,
            windowNoise: window, repetitionNoise: repetition)
    }

    /// What is known of the person; `nil` for a bundle that was not adapted.
    func person(
        of prior: HierarchicalPrior
    ) throws(MetaLearningError) -> AdaptedPerson? {
        let person = [Name.turns, Name.means, Name.unknown, Name.noiseShare]
        guard (person + [Name.noise, Name.shown]).contains(where: has) else { return nil }
        let turns = try numbers(Name.turns, [prior.turns.count])
        guard turns.allSatisfy({ $0 >= 0 }), abs(turns.reduce(0, +) - 1) < 1e-6 else {
            throw malformed(Name.turns, expected: "probabilities that sum to 1")
        }
        let means = try numbers(Name.means, [prior.turns.count, classCount, width])
        let unknown = try numbers(Name.unknown, [size, size])
        for label in 0..<classCount {
            let noise = zip(prior.windowNoise[label], prior.repetitionNoise[label])
            let block = block(of: unknown, label: label)
            try check(
                zip(block, noise).map { $0 + $1.0 + $1.1 }, width: width, Name.unknown)
        }
        let share = try numbers(Name.noiseShare, [1])[0]
        guard (0..<1).contains(share) else {
            throw malformed(Name.noiseShare, expected: "a share from 0 to below 1")
        }
        return AdaptedPerson(
            state: PersonState(
                turnProbabilities: turns, means: rows(of: means, count: size), unknown: unknown,
                ownShare: share,
                ownNoise: share > 0 ? try covariance(Name.noise, width: width) : []),
            shown: has(Name.shown) ? try numbers(Name.shown, [classCount, width]) : nil)
    }

    private func has(_ tensor: String) -> Bool {
        file.entries.contains { $0.name == tensor }
    }

    private func numbers(
        _ tensor: String, _ shape: Shape
    ) throws(MetaLearningError) -> [Double] {
        let numbers = try file.numbers(tensor, shape: shape, in: name)
        guard numbers.allSatisfy({ $0.magnitude <= Self.largest }) else {
            throw malformed(tensor, expected: "numbers of at most \(Self.largest)")
        }
        return numbers
    }

    private func covariance(
        _ tensor: String, width: Int
    ) throws(MetaLearningError) -> [Double] {
        let matrix = try numbers(tensor, [width, width])
        try check(matrix, width: width, tensor)
        return matrix
    }

    /// A matrix for each class.
    private func matrices(_ tensor: String) throws(MetaLearningError) -> [[Double]] {
        rows(of: try numbers(tensor, [classCount, width, width]), count: width * width)
    }

    private func rows(of numbers: [Double], count: Int) -> [[Double]] {
        stride(from: 0, to: numbers.count, by: count).map { Array(numbers[$0..<$0 + count]) }
    }

    /// The part of a matrix over all class means that a class has.
    private func block(of matrix: [Double], label: Int) -> [Double] {
        (0..<width).flatMap { row in
            let first = (label * width + row) * size + label * width
            return matrix[first..<first + width]
        }
    }

    /// Refuses what is no covariance.
    private func check(
        _ matrix: [Double], width: Int, _ tensor: String
    ) throws(MetaLearningError) {
        guard CholeskyFactor.isPositiveDefinite(matrix, width: width) else {
            throw malformed(tensor, expected: "a covariance, which is positive definite")
        }
        for row in 0..<width {
            for column in 0..<row {
                let (one, other) = (matrix[row * width + column], matrix[column * width + row])
                let scale = matrix[row * (width + 1)] * matrix[column * (width + 1)]
                guard (one - other).magnitude <= 1e-6 * scale.squareRoot() else {
                    throw malformed(tensor, expected: "a covariance, which is symmetric")
                }
            }
        }
    }

    private func malformed(_ tensor: String, expected: String) -> MetaLearningError {
        MetaLearningError(
            .outOfRange(expected: expected, found: "others"), at: "\(name): tensor \(tensor)",
            hint: "make the bundle again")
    }

    // MARK: Storing

    /// Stores a prior and what is known of the person.
    static func store(
        _ prior: HierarchicalPrior, _ person: AdaptedPerson?, in file: inout Safetensors
    ) {
        let (classes, width, size) = (prior.classCount, prior.width, prior.size)
        func set(_ name: String, _ shape: Shape, _ numbers: [Double]) {
            file.set(name, to: Tensor(shape: shape, elements: numbers))
        }
        set(Name.mean, [classes, width], prior.mean)
        set(Name.spread, [size, size], prior.spread)
        if let session = prior.session { set(Name.session, [size, size], session) }
        set(Name.windowNoise, [classes, width, width], prior.windowNoise.flatMap(\.self))
        set(Name.repetitionNoise, [classes, width, width], prior.repetitionNoise.flatMap(\.self))
        guard let person else { return }
        let state = person.state
        let turns = state.turnProbabilities.count
        set(Name.turns, [turns], state.turnProbabilities)
        set(Name.means, [turns, classes, width], state.means.flatMap(\.self))
        set(Name.unknown, [size, size], state.unknown)
        set(Name.noiseShare, [1], [state.ownShare])
        if state.ownShare > 0 { set(Name.noise, [width, width], state.ownNoise) }
        if let shown = person.shown { set(Name.shown, [classes, width], shown) }
    }
}
