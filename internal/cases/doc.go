// Package cases is a case's life (办件): from the application to the decision and back to the applicant.
//
// A change is decided by a pure rule, Decide(case, command, actor, now): events, or a refusal that says why. Events
// are folded into the case by Evolve; the fold of all its events is the case, and what the database holds beside the
// journal is that fold made searchable (project.go). Each verb stands in a file of its own with its command, its rule
// and its event.
//
// Rows M14 (one window in, back office decides, one window out), M15 (first-asked responsibility), the ground of M16
// (one-time notice), M17 (limits) and M27 (accountability). §五(一), §六(一); 行政许可法 第三十二条、第三十四条、第三十八条、
// 第四十二条、第四十四条、第四十五条.
package cases
