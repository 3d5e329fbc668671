/// What a method may know of a new person before it decides.
package struct NewPerson: Sendable {
    /// The windows that were shown.
    package let support: PersonWindows
    /// Windows from before, such as before the band was put on anew; empty when there are none.
    package let earlier: PersonWindows
    /// The classes that were shown.
    package let shown: [Int]
    /// How many classes are decided about.
    package let classCount: Int
    /// Whether the classes are others than those of training people, or numbered anew.
    package let hasNewClasses: Bool
    /// The number of the protocol's setting of supports.
    package let setting: Int
}
