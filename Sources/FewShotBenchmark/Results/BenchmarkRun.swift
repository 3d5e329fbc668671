private import Documents
private import Parallel
private import Synchronization

/// Runs all methods of a protocol on everybody.
package struct BenchmarkRun: Sendable {
    /// The protocol.
    package let settings: BenchmarkProtocol
    /// The people.
    package let people: BenchmarkPeople
    /// The scores, in the order of folds, seeds, methods, people and settings.
    package private(set) var scores: [ProblemScore] = []
    /// What methods chose on training people: how often each value, by method and name.
    package private(set) var choices: [Chosen] = []
    /// What methods could not do, each with its reason.
    package private(set) var failures: [Failure] = []

    /// What a method chose in the folds.
    package struct Chosen: Sendable, Hashable {
        /// The method.
        package let method: String
        /// What was chosen.
        package let choice: MethodChoice
        /// In how many folds.
        package var folds: Int
    }

    /// A method that could not learn.
    package struct Failure: Sendable, Hashable {
        /// The method.
        package let method: String
        /// Why.
        package let reason: String
    }

    /// One method on one part of the benchmark.
    private struct Job: Sendable {
        let fold: Int
        let seed: UInt64
        let method: any AdaptationMethod
    }

    /// What came of a job.
    private struct Outcome: Sendable {
        var scores: [ProblemScore] = []
        var choices: [MethodChoice] = []
        var failure: String?
    }

    /// Runs the benchmark.
    ///
    /// - Parameters:
    ///   - settings: The protocol.
    ///   - people: The people.
    ///   - threads: How many jobs run at once; scores do not depend on it.
    ///   - progress: Called with how many jobs are done, of how many.
    package init(
        _ settings: BenchmarkProtocol, on people: BenchmarkPeople, threads: Int,
        progress: @escaping @Sendable (Int, Int) -> Void = { _, _ in }
    ) {
        self.settings = settings
        self.people = people
        let jobs = Self.jobs(settings, people)
        let done = Counter()
        let outcomes = concurrentMap(count: jobs.count, threads: threads) { index in
            let outcome = Self.outcome(of: jobs[index], settings, people)
            progress(done.next(), jobs.count)
            return outcome
        }
        for (job, outcome) in zip(jobs, outcomes) {
            let method = type(of: job.method).key
            scores += outcome.scores
            if let reason = outcome.failure {
                let failure = Failure(method: method, reason: reason)
                if !failures.contains(failure) { failures.append(failure) }
            }
            for choice in outcome.choices {
                let place = choices.firstIndex { $0.method == method && $0.choice == choice }
                if let place {
                    choices[place].folds += 1
                } else {
                    choices.append(Chosen(method: method, choice: choice, folds: 1))
                }
            }
        }
    }

    private static func jobs(_ settings: BenchmarkProtocol, _ people: BenchmarkPeople) -> [Job] {
        let methods =
            settings.methods.isEmpty
            ? Registry<any AdaptationMethod>.standard.entries.map(\.standard) : settings.methods
        let hasEarlier = people.people.contains { !$0.earlier.isEmpty }
        return (0..<settings.foldCount(of: people)).flatMap { fold in
            methods.filter { hasEarlier || !$0.usesEarlier }.flatMap { method in
                // What neither draws nor is drawn for is the same under every seed.
                let seeds =
                    settings.hasDraws || method.isSeeded
                    ? settings.seeds : Array(settings.seeds.prefix(1))
                return seeds.map { Job(fold: fold, seed: $0, method: method) }
            }
        }
    }

    private static func outcome(
        of job: Job, _ settings: BenchmarkProtocol, _ people: BenchmarkPeople
    ) -> Outcome {
        let fold = settings.fold(job.fold, of: people, seed: job.seed)
        var outcome = Outcome()
        do {
            let learned = try job.method.learn(from: fold.training, seed: job.seed)
            outcome.choices = learned.choices
            for (name, problems) in fold.test {
                for problem in problems.flatMap(\.self) {
                    let start = ContinuousClock.now
                    guard let decoder = try learned.adapted(to: problem.person) else { continue }
                    let seconds = (ContinuousClock.now - start) / .seconds(1)
                    outcome.scores.append(
                        try ProblemScore(
                            decoder, on: problem, method: type(of: job.method).key, person: name,
                            seed: job.seed, seconds: seconds))
                }
            }
        } catch {
            outcome.failure = "\(error)"
        }
        return outcome
    }
}

/// Counts what is done on several threads.
private final class Counter: Sendable {
    private let count = Mutex(0)

    func next() -> Int {
        count.withLock {
            $0 += 1
            return $0
        }
    }
}
