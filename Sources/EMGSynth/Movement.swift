internal import SeededRandom

/// What muscles of the forearm do when somebody moves.
struct Movement: Sendable, Hashable {
    /// How much each muscle works without co-contraction, 0 to about 1.
    let drive: [Double]
    /// How much of the co-contraction it takes.
    let opposition: [Double]
    /// Whether it opens the hand, which people are weak in after a stroke.
    var opensHand = false

    /// Nothing moves.
    static let relax = Movement(drive: [0, 0, 0, 0, 0], opposition: [0, 0, 0, 0, 0])
    /// The fingers are spread.
    static let open = Movement(
        drive: [1.0, 0.65, 0.1, 0.08, 0.25], opposition: [0, 0, 1.0, 0.8, 0.2], opensHand: true)
    /// The hand is a fist.
    static let close = Movement(
        drive: [0.14, 0.22, 1.0, 0.7, 0.3], opposition: [1.0, 0.7, 0, 0, 0.2])
    /// The movements that a laboratory's labels stand for: 0 relax, 1 open, 2 close.
    static let ofLabels = [relax, open, close]

    private static let flexion = Movement(
        drive: [0.05, 0.08, 0.45, 1.0, 0.3], opposition: [0.5, 1.0, 0, 0, 0.2])
    private static let extension_ = Movement(
        drive: [0.45, 1.0, 0.1, 0.05, 0.3], opposition: [0, 0, 0.5, 1.0, 0.2])
    private static let pinch = Movement(
        drive: [0.3, 0.15, 0.7, 0.1, 0.8], opposition: [0.5, 0.3, 0, 0, 0])

    /// The movement of a class by its name; one that has no name here is drawn from the name, the
    /// same for everybody.
    init(named name: String) {
        switch name.lowercased().replacing("_", with: " ") {
        case "relax", "rest", "neutral", "no movement", "idle": self = .relax
        case "open", "hand open", "finger extension": self = .open
        case "close", "fist", "hand close", "power", "power grasp", "grasp": self = .close
        case "flexion", "flex", "wrist flexion": self = Self.flexion
        case "extension", "extend", "wrist extension": self = Self.extension_
        case "pinch", "pinch grasp", "precision": self = Self.pinch
        default:
            var generator = SeededGenerator(seed: 1, stream: "movement \(name)")
            let drive = Forearm.muscles.map { _ in generator.uniform(in: 0..<1) }
            let most = drive.max() ?? 1
            // Somewhere a muscle works with all its strength, elsewhere one hardly at all.
            self.init(
                drive: drive.map { ($0 / most) * ($0 / most) },
                opposition: drive.map { 0.5 * (1 - $0 / most) })
        }
    }

    private init(drive: [Double], opposition: [Double], opensHand: Bool = false) {
        self.drive = drive
        self.opposition = opposition
        self.opensHand = opensHand
    }
}
